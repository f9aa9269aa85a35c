{% macro clean_text(expression) -%}
    nullif({{ tidied(expression) }}, '')
{%- endmacro %}
