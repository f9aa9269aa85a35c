{% macro to_date(expression) -%}
    {%- set day = '^\\s*(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})(?:$|[T\\s])' -%}
    {{ safe_cast(regexp_capture(expression, day), 'date') }}
{%- endmacro %}
