{% macro to_date(expression) -%}
    {%- set day = regexp_replace_all(expression, '^\\s*(\\d{4}-\\d{2}-\\d{2}).*$', '\\1') -%}
    case
        when {{ regexp_matches(expression, '^\\s*\\d{4}-\\d{2}-\\d{2}(?:$|[T\\s])') }}
            then {{ safe_cast(day, 'date') }}
    end
{%- endmacro %}
