{% macro folded_value(expression) -%}
    trim(lower({{ expression }}), ' ''"')
{%- endmacro %}
