{% macro delivery_email(expression) -%}
    nullif({{ mail_address(expression) }}, '')
{%- endmacro %}
