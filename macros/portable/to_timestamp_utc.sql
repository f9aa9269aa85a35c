{# A plain timestamp cast drops the offset on DuckDB, so the text goes through timestamptz.
   The pattern keeps out the words that casts know: infinity, epoch, now. #}
{% macro to_timestamp_utc(expression) -%}
    {{ instant_utc(regexp_capture(expression, '^\\s*(\\d{4}[-/]\\d.*)$')) }}
{%- endmacro %}
