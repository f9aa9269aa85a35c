{#
    Builds a table of groups (node, group_node) from a model that selects pairs of nodes with the
    rank of the rule that joins them and their strength. Singles are not in it.
#}
{% materialization resolution, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set pairs = scratch_table('pairs') -%}
    {%- set groups = scratch_table('groups') -%}
    {%- set names = ref('int_identity__record_names') -%}
    {%- set values = ref('int_identity__limited_values') -%}

    {{ run_hooks(pre_hooks) }}

    {% do fill_table(pairs, sql) %}
    {% do resolve_groups(pairs, groups, names, values) %}

    {% call statement('main') -%}
        drop table if exists {{ target_relation }}
    {%- endcall %}
    {% do run_query(
        "create table " ~ target_relation ~ " as select node, group_node from " ~ groups) %}
    {% for scratch in [pairs, groups] %}
        {% do run_query("drop table if exists " ~ scratch) %}
    {% endfor %}

    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
