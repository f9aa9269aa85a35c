{#
    Builds a table of groups from a model that selects pairs of nodes with the rank of the rule that
    joins them and their strength. A node that nothing ties to another may be missing.

    What one record has to do with others ends with its component, so a build resolves only the
    components in which evidence came, went or changed, and keeps the groups of the others.
#}
{% materialization resolution, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set is_first = load_relation(this) is none or should_full_refresh() -%}
    {%- set names = ref('int_identity__record_names') -%}
    {%- set values = scratch_table('values') -%}
    {%- set pairs = scratch_table('pairs') -%}
    {%- set evidence = scratch_table('evidence') -%}
    {%- set open = scratch_table('open_records') -%}
    {%- set groups = scratch_table('groups') -%}
    {%- set components = scratch_table('raw_components') -%}
    {%- set parts = {'pairs': pairs, 'names': names, 'values': values} -%}

    {{ run_hooks(pre_hooks) }}

    {% do fill_table(pairs, sql) %}
    {% do fill_table(values, "select * from " ~ ref('int_identity__limited_values')) %}
    {% do fill_table(evidence, evidence_of_records(pairs, names, values)) %}
    {% if not is_first %}
        {% do fill_table(open, records_to_resolve(this, evidence, values)) %}
        {% set parts = parts_to_resolve(open, pairs, names, values) %}
    {% endif %}
    {% do resolve_groups(parts['pairs'], groups, parts['names'], parts['values']) %}
    {% do fill_raw_components(components, groups, parts['pairs'], parts['values']) %}
    {% set resolved = resolved_groups(groups, components, evidence) %}

    {% call statement('main') -%}
        {%- if is_first -%} drop table if exists {{ target_relation }}
        {%- else -%} {{ forget_groups(this, evidence, open) }}
        {%- endif -%}
    {%- endcall %}
    {% do run_query(
        ("create table " ~ target_relation ~ " as " if is_first
        else "insert into " ~ target_relation ~ " ") ~ resolved) %}
    {% set scratches = [evidence, open, groups, components, pairs, values] %}
    {% do drop_tables(scratches + (parts.values() | list if not is_first else [])) %}

    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
