{# A plain timestamp cast drops the offset on DuckDB, so the text goes through timestamptz.
   The pattern keeps out the words that casts know: infinity, epoch, now. #}
{% macro to_timestamp_utc(expression) -%}
    case
        when {{ regexp_matches(expression, '^\\s*\\d{4}-\\d') }}
            then {{ instant_utc(expression) }}
    end
{%- endmacro %}
