{# Make a table anew from a query, and drop what was needed for nothing else; `create or replace` is
   not known everywhere. #}
{% macro fill_table(relation, query, spent=[]) -%}
    {{ return(adapter.dispatch('fill_table', 'onefold')(relation, query, spent)) }}
{%- endmacro %}

{% macro default__fill_table(relation, query, spent) -%}
    {% do drop_tables([relation]) %}
    {% do run_query("create table " ~ relation ~ " as " ~ query) %}
    {% do drop_tables(spent) %}
{%- endmacro %}

{# One call of hundreds in a resolution, each of which costs dbt some milliseconds. #}
{% macro duckdb__fill_table(relation, query, spent) -%}
    {% set kind = "temp table " if relation.database == "temp" else "table " %}
    {% do run_query(
        "create or replace " ~ kind ~ relation ~ " as " ~ query ~ "\n;\n" ~ drop_statements(spent)
    ) %}
{%- endmacro %}
