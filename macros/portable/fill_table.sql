{# Make a table anew from a query; `create or replace` is not known everywhere. #}
{% macro fill_table(relation, query) -%}
    {{ return(adapter.dispatch('fill_table', 'onefold')(relation, query)) }}
{%- endmacro %}

{% macro default__fill_table(relation, query) -%}
    {% do run_query("drop table if exists " ~ relation) %}
    {% do run_query("create table " ~ relation ~ " as " ~ query) %}
{%- endmacro %}

{# A statement less, of hundreds in a resolution. #}
{% macro duckdb__fill_table(relation, query) -%}
    {% set kind = "temp table " if relation.database == "temp" else "table " %}
    {% do run_query("create or replace " ~ kind ~ relation ~ " as " ~ query) %}
{%- endmacro %}
