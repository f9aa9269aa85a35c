{# Another spelling of a name, as Alexander is of Aleksandr, is about as long. #}
{% macro is_written_out(names) -%}
    length({{ names }}.first_name_key) >= length({{ names }}.full_first_name) - 1
{%- endmacro %}
