{# Host of a web address: 'https://www.example.com:8080/a' becomes 'example.com'. #}
{% macro url_host(column) -%}
    {%- set host_and_port = dbt.split_part(url_address(column), "'/'", 1) -%}
    nullif({{ dbt.split_part(host_and_port, "':'", 1) }}, '')
{%- endmacro %}
