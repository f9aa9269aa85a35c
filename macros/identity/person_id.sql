{# Ids are numbers in the order in which they were given out, written so that texts sort alike. #}
{% macro person_id(number) -%}
    'p' || lpad(cast({{ number }} as {{ dbt.type_string() }}), 12, '0')
{%- endmacro %}
