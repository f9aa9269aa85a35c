{# Three arguments replace only the first match on DuckDB and PostgreSQL. #}
{% macro regexp_replace_all(expression, pattern, replacement='') -%}
    {{ return(adapter.dispatch('regexp_replace_all', 'onefold')(expression, pattern, replacement)) }}
{%- endmacro %}

{% macro default__regexp_replace_all(expression, pattern, replacement) -%}
    regexp_replace({{ expression }}, '{{ pattern | replace("'", "''") }}', '{{ replacement }}', 'g')
{%- endmacro %}

{# PostgreSQL writes the character U+00A0 as \u00A0, the others as \x{00A0}. #}
{% macro postgres__regexp_replace_all(expression, pattern, replacement) -%}
    {%- set own_pattern = modules.re.sub('\\\\x\\{([0-9A-F]{4})\\}', '\\\\u\\1', pattern) -%}
    {{ default__regexp_replace_all(expression, own_pattern, replacement) }}
{%- endmacro %}

{# Spark reads escapes inside literals and writes groups as $1. #}
{% macro spark__regexp_replace_all(expression, pattern, replacement) -%}
    {%- set escaped = pattern | replace('\\', '\\\\') | replace("'", "\\'") -%}
    regexp_replace({{ expression }}, '{{ escaped }}', '{{ replacement | replace("\\", "$") }}')
{%- endmacro %}
