{% macro composed(expression) -%}
    {{ return(adapter.dispatch('composed', 'onefold')(expression)) }}
{%- endmacro %}

{# Spark has no such function: its text stays as the loader wrote it. #}
{% macro default__composed(expression) -%}
    {{ expression }}
{%- endmacro %}

{% macro duckdb__composed(expression) -%}
    nfc_normalize({{ expression }})
{%- endmacro %}

{% macro postgres__composed(expression) -%}
    normalize({{ expression }}, nfc)
{%- endmacro %}
