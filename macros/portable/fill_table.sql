{# Make a table anew from a query; `create or replace` is not known everywhere. #}
{% macro fill_table(relation, query) -%}
    {% do run_query("drop table if exists " ~ relation) %}
    {% do run_query("create table " ~ relation ~ " as " ~ query) %}
{%- endmacro %}
