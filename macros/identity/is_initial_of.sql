{% macro is_initial_of(one, other) -%}
    (
        {{ other }}.first_name_key like {{ one }}.first_name_key || '%'
        or {{ other }}.full_first_name like {{ one }}.first_name_key || '%'
    )
{%- endmacro %}
