{% macro regexp_capture(expression, pattern) -%}
    {{ return(adapter.dispatch('regexp_capture', 'onefold')(expression, pattern)) }}
{%- endmacro %}

{% macro default__regexp_capture(expression, pattern) -%}
    coalesce(substring({{ expression }} from '{{ pattern | replace("'", "''") }}'), '')
{%- endmacro %}

{% macro duckdb__regexp_capture(expression, pattern) -%}
    regexp_extract({{ expression }}, '{{ pattern | replace("'", "''") }}', 1)
{%- endmacro %}

{% macro spark__regexp_capture(expression, pattern) -%}
    {%- set escaped = pattern | replace('\\', '\\\\') | replace("'", "\\'") -%}
    regexp_extract({{ expression }}, '{{ escaped }}', 1)
{%- endmacro %}
