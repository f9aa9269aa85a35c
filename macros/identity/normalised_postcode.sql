{# The American four-digit extension is left off: half of the sources do not know it. #}
{% macro normalised_postcode(expression) -%}
    {%- set code = rewritten("upper(" ~ tidied(expression) ~ ")", [
        ('^(\\d{5})-\\d{4}$', '\\1'),
        ('^[0\\W_]+$|[\\s.,_-]+', ''),
    ]) -%}
    {{ regexp_capture(code, '^(.+)$') }}
{%- endmacro %}
