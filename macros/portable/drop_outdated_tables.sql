{#
    Before a build: a table that a model adds to, and that has other columns than its page is from
    another version of the model, and is made anew. A mart is the memory of the builds before, so it
    only gets the columns that it lacks.
#}
{% macro drop_outdated_tables() -%}
    {%- set nodes = graph.nodes.values() if execute else [] -%}
    {%- for node in nodes if node.config.materialized in ['incremental', 'resolution'] -%}
        {%- set table = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- set columns = [] -%}
        {%- for column in (adapter.get_columns_in_relation(table) if table else []) -%}
            {%- do columns.append(column.name | lower) -%}
        {%- endfor -%}
        {%- if table and columns | sort != node.columns.keys() | sort -%}
            {%- call statement(auto_begin=true) -%} select 1 {%- endcall -%}
            {%- if node.fqn[1] == 'marts' and table.is_table -%}
                {%- for name in node.columns if name not in columns -%}
                    {%- do run_query(
                        "alter table " ~ table ~ " add column " ~ name ~ " "
                        ~ node.columns[name].data_type
                    ) -%}
                {%- endfor -%}
            {%- else -%}
                {%- do adapter.drop_relation(table) -%}
            {%- endif -%}
            {%- do adapter.commit() -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
