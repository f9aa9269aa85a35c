{# A plain timestamp cast drops the offset on DuckDB, so the text goes through timestamptz.
   The pattern keeps out the words that casts know: infinity, epoch, now. #}
{% macro to_timestamp_utc(expression) -%}
    coalesce(
        {{ instant_utc(regexp_capture(expression, '^\\s*(\\d{4}[-/]\\d.*)$')) }},
        {{ instant_utc(regexp_capture(
            rewritten(expression, iso_time_rewrites()), '^(\\d{4}-\\d{2}-\\d{2}.*)$'
        )) }}
    )
{%- endmacro %}
