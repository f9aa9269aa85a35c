{#
    Guarded contraction: the rules are applied from the strongest to the weakest. All that a rule
    joins becomes one group, unless the union would contradict itself; such a union is built up
    pair by pair, the best pairs first, as far as it can go without contradiction.

    Where nothing contradicts itself, the order of the rules makes no difference; so all rules are
    applied at once, and one by one only where that fails, which is in one component of hundreds.

    `pairs` has (lower_node, upper_node, rank, strength), `values` the identifiers of each node.
    Leaves `groups` with (node, group_node), one row per node. No row ever looks outside its own raw
    component, and ties are broken by record keys alone, so the order and the company of the rows do
    not matter.
#}
{% macro resolve_groups(pairs, groups, names, values) -%}
    {% do fill_table(groups,
        "select node, node as group_node from (select lower_node as node from " ~ pairs
        ~ " union distinct select upper_node from " ~ pairs
        ~ " union distinct select node from " ~ values ~ ") as nodes") %}

    {% set contested = scratch_table('contested') %}
    {% do unite_whole_components(pairs, groups, names, values, contested) %}

    {% set open = open_tables() %}
    {#- Written once for both: to write it takes dbt longer than the engine to answer it for a few. -#}
    {% set conflict_query = conflicting_unions(
        scratch_table('unions'), open['groups'], open['names'], open['values']) %}
    {% if has_rows(contested) %}
        {% do fill_open_tables(
            open, "select node as group_node from " ~ contested, groups, names, values) %}
        {% do apply_ranked_rules(pairs, open, conflict_query) %}
        {% do unite(groups, "select node, group_node as component from " ~ open['groups']) %}
    {% endif %}
    {% set types = nameless_types() %}
    {% if types %}
        {% do fill_open_tables(
            open, groups_with_nameless_contacts(groups, names, values, types),
            groups, names, values) %}
        {% do apply_nameless_rules(open, types, conflict_query) %}
        {% do unite(groups, "select node, group_node as component from " ~ open['groups']) %}
    {% endif %}
    {% do drop_tables([contested] + open.values() | list) %}
{%- endmacro %}

{#
    Groups, names and values of what may still be united. Each look at a few unions reads them
    whole, and there are dozens of looks.
#}
{% macro open_tables() -%}
    {{ return({
        'groups': scratch_table('open_groups'),
        'names': scratch_table('open_names'),
        'values': scratch_table('open_values'),
    }) }}
{%- endmacro %}

{# With all records of these groups, and all that they hold; `group_query` gives group_node. #}
{% macro fill_open_tables(open, group_query, groups, names, values) -%}
    {% do fill_table(open['groups'],
        "select g.node, g.group_node from " ~ groups ~ " as g inner join (" ~ group_query
        ~ ") as o on g.group_node = o.group_node") %}
    {% do fill_table(open['names'],
        "select n.* from " ~ names ~ " as n inner join " ~ open['groups']
        ~ " as g on n.node = g.node") %}
    {% do fill_table(open['values'],
        "select v.* from " ~ values ~ " as v inner join " ~ open['groups']
        ~ " as g on v.node = g.node") %}
{%- endmacro %}

{# One by one, where all together contradict themselves. #}
{% macro apply_ranked_rules(pairs, open, conflict_query) -%}
    {% set open_pairs = scratch_table('open_pairs') %}
    {% do fill_table(open_pairs,
        "select p.lower_node, p.upper_node, p.rank, p.strength from " ~ pairs
        ~ " as p inner join " ~ open['groups'] ~ " as g on p.lower_node = g.node") %}
    {% set ranks = run_query("select distinct rank from " ~ open_pairs ~ " order by 1") %}
    {% for rank in ranks.columns[0].values() %}
        {% do apply_rule(
            edges_of_rank(open_pairs, open['groups'], rank),
            open['groups'], open['names'], conflict_query) %}
    {% endfor %}
    {% do drop_tables([open_pairs]) %}
{%- endmacro %}

{#
    All rules at once, where the whole is one person. A contradiction that is excused makes a
    difference: it may be excused in the whole and not yet in a part.
#}
{% macro unite_whole_components(pairs, groups, names, values, contested) -%}
    {% set edges = scratch_table('edges') %}
    {% set components = scratch_table('components') %}
    {% set conflicts = scratch_table('conflicts') %}

    {% do fill_table(edges, "select distinct lower_node as a, upper_node as b from " ~ pairs) %}
    {% do connected_components(edges, components) %}
    {% do find_conflicts(
        components, conflicting_unions(scratch_table('unions'), groups, names, values), conflicts
    ) %}
    {% do run_query(
        "insert into " ~ conflicts ~ " select distinct l.component from "
        ~ ref('int_identity__excused_pairs') ~ " as e inner join " ~ components
        ~ " as l on e.lower_node = l.node inner join " ~ components
        ~ " as u on e.upper_node = u.node and l.component = u.component left join " ~ conflicts
        ~ " as k on l.component = k.union_id where k.union_id is null") %}
    {% do unite(groups, without_conflict(components, conflicts)) %}
    {% do fill_table(contested,
        "select c.node from " ~ components ~ " as c inner join " ~ conflicts
        ~ " as k on c.component = k.union_id", spent=[edges, components, conflicts]) %}
{%- endmacro %}

{# Unite what one rule joins: `edge_query` gives (a, b, strength) between the groups of the moment. #}
{% macro apply_rule(edge_query, groups, names, conflict_query) -%}
    {% set edges = scratch_table('edges') %}
    {% set components = scratch_table('components') %}
    {% set conflicts = scratch_table('conflicts') %}

    {% do fill_table(edges, edge_query) %}
    {% if has_rows(edges) %}
        {% do connected_components(edges, components) %}
        {% do find_conflicts(components, conflict_query, conflicts) %}
        {% do unite(groups, without_conflict(components, conflicts)) %}
        {% if has_rows(conflicts) %}
            {% do resolve_conflicts(edge_query, groups, names, conflict_query) %}
        {% endif %}
    {% endif %}

    {% do drop_tables([edges, components, conflicts]) %}
{%- endmacro %}

{% macro edges_of_rank(pairs, groups, rank) -%}
    select
        least(x.group_node, y.group_node) as a,
        greatest(x.group_node, y.group_node) as b,
        max(p.strength) as strength
    from {{ pairs }} as p
    inner join {{ groups }} as x on p.lower_node = x.node
    inner join {{ groups }} as y on p.upper_node = y.node
    where p.rank = {{ rank }} and x.group_node <> y.group_node
    group by 1, 2
{%- endmacro %}

{% macro find_conflicts(components, conflict_query, conflicts) -%}
    {% set unions = scratch_table('unions') %}
    {% do fill_table(unions,
        "select component as union_id, node as group_node from " ~ components) %}
    {% do fill_table(conflicts, conflict_query, spent=[unions]) %}
{%- endmacro %}

{# Give the groups of each component the name of its smallest; `components` is a query. #}
{% macro unite(groups, components) -%}
    {% set united = scratch_table('united_groups') %}
    {% do fill_table(united,
        "select g.node, coalesce(c.component, g.group_node) as group_node from " ~ groups
        ~ " as g left join (" ~ components ~ ") as c on g.group_node = c.node") %}
    {% do fill_table(groups, "select node, group_node from " ~ united, spent=[united]) %}
{%- endmacro %}

{% macro without_conflict(components, conflicts) -%}
    select c.node, c.component from {{ components }} as c
    left join {{ conflicts }} as k on c.component = k.union_id
    where k.union_id is null
{%- endmacro %}
