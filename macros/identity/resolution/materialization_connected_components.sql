{#
    Builds a table (node, component) from a model that selects edges (a, b); see the macro of the
    same name. Nodes without edges are not in it.
#}
{% materialization connected_components, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set edges = scratch_table('edges') -%}
    {%- set components = scratch_table('components') -%}

    {{ run_hooks(pre_hooks) }}

    {% do fill_table(edges, sql) %}
    {% do connected_components(edges, components) %}

    {% call statement('main') -%}
        drop table if exists {{ target_relation }}
    {%- endcall %}
    {% do run_query(
        "create table " ~ target_relation ~ " as select node, component from " ~ components) %}
    {% do drop_tables([edges, components]) %}

    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
