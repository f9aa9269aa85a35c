{% macro regexp_capture(expression, pattern) -%}
    {{ return(adapter.dispatch('regexp_capture', 'onefold')(expression, pattern)) }}
{%- endmacro %}

{% macro default__regexp_capture(expression, pattern) -%}
    substring({{ expression }} from '{{ pattern | replace("'", "''") }}')
{%- endmacro %}

{# Not nullif around regexp_extract: it would compute its argument twice. #}
{% macro duckdb__regexp_capture(expression, pattern) -%}
    regexp_extract_all({{ expression }}, '{{ pattern | replace("'", "''") }}', 1)[1]
{%- endmacro %}

{% macro spark__regexp_capture(expression, pattern) -%}
    {%- set escaped = pattern | replace('\\', '\\\\') | replace("'", "\\'") -%}
    nullif(regexp_extract({{ expression }}, '{{ escaped }}', 1), '')
{%- endmacro %}
