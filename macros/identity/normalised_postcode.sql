{# The American four-digit extension is left off: half of the sources do not know it. #}
{% macro normalised_postcode(expression) -%}
    {%- set base = regexp_replace_all(
        "upper(" ~ tidied(expression) ~ ")", '^(\\d{5})-\\d{4}$', '\\1'
    ) -%}
    nullif({{ regexp_replace_all(base, '^[0\\W_]+$|[\\s.,_-]+') }}, '')
{%- endmacro %}
