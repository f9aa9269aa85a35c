{% macro drop_tables(tables) -%}
    {{ return(adapter.dispatch('drop_tables', 'onefold')(tables)) }}
{%- endmacro %}

{% macro default__drop_tables(tables) -%}
    {% for table in tables %}
        {% do run_query("drop table if exists " ~ table) %}
    {% endfor %}
{%- endmacro %}

{# DuckDB takes several statements in one call. #}
{% macro duckdb__drop_tables(tables) -%}
    {% if tables %}
        {% do run_query(drop_statements(tables)) %}
    {% endif %}
{%- endmacro %}
