{% macro instant_utc(expression) -%}
    {{ return(adapter.dispatch('instant_utc', 'onefold')(expression)) }}
{%- endmacro %}

{% macro default__instant_utc(expression) -%}
    {{ safe_cast(expression, 'timestamp with time zone') }} at time zone 'UTC'
{%- endmacro %}

{# Spark's timestamp is an instant already; its session runs in UTC. #}
{% macro spark__instant_utc(expression) -%}
    {{ safe_cast(expression, 'timestamp') }}
{%- endmacro %}
