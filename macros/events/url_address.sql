{# Host and path of a web address: 'https://www.example.com/a?b=c' becomes 'example.com/a'. #}
{% macro url_address(column) -%}
    {%- set after_scheme = dbt.split_part(column, "'://'", 2) -%}
    {%- set before_query = dbt.split_part(after_scheme, "'?'", 1) -%}
    {%- set address = "lower(" ~ dbt.split_part(before_query, "'#'", 1) ~ ")" -%}
    nullif(
        case when {{ address }} like 'www.%' then substring({{ address }}, 5) else {{ address }} end,
        ''
    )
{%- endmacro %}
