{% macro letters_only(expression) -%}
    {{ return(adapter.dispatch('letters_only', 'onefold')(expression)) }}
{%- endmacro %}

{# Marks are kept: many scripts write vowels with them. #}
{% macro default__letters_only(expression) -%}
    {{ regexp_replace_all(expression, '[^\\p{L}\\p{M}]+') }}
{%- endmacro %}

{% macro postgres__letters_only(expression) -%}
    {{ regexp_replace_all(expression, '[^[:alpha:]]+') }}
{%- endmacro %}
