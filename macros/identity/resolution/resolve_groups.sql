{#
    Guarded contraction: the rules are applied from the strongest to the weakest. All that a rule
    joins becomes one group, unless the union would contradict itself; such a union is built up
    pair by pair, the best pairs first, as far as it can go without contradiction.

    `pairs` has (lower_node, upper_node, rank, strength). Leaves `groups` with (node, group_node),
    one row per node of the pairs. No row ever looks outside its own raw component, and ties are
    broken by record keys alone, so the order and the company of the rows do not matter.
#}
{% macro resolve_groups(pairs, groups, names, values) -%}
    {% set edges = scratch_table('edges') %}
    {% set components = scratch_table('components') %}
    {% set conflicts = scratch_table('conflicts') %}

    {% do fill_table(groups,
        "select node, node as group_node from (select lower_node as node from " ~ pairs
        ~ " union distinct select upper_node from " ~ pairs ~ ") as nodes") %}
    {% set ranks = run_query("select distinct rank from " ~ pairs ~ " order by 1") %}

    {% for rank in ranks.columns[0].values() %}
        {% do fill_table(edges, edges_between_groups(pairs, groups, rank)) %}
        {% if count_rows("select a from " ~ edges ~ " limit 1") > 0 %}
            {% do connected_components(edges, components) %}
            {% do find_conflicts(components, groups, names, values, conflicts) %}
            {% do unite(groups, components, conflicts) %}
            {% if count_rows("select union_id from " ~ conflicts ~ " limit 1") > 0 %}
                {% do resolve_conflicts(pairs, groups, names, values, rank) %}
            {% endif %}
        {% endif %}
    {% endfor %}

    {% for scratch in [edges, components, conflicts] %}
        {% do run_query("drop table if exists " ~ scratch) %}
    {% endfor %}
{%- endmacro %}

{% macro edges_between_groups(pairs, groups, rank) -%}
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

{% macro find_conflicts(components, groups, names, values, conflicts) -%}
    {% set unions = scratch_table('unions') %}
    {% do fill_table(unions,
        "select component as union_id, node as group_node from " ~ components) %}
    {% do fill_table(conflicts, conflicting_unions(unions, groups, names, values)) %}
    {% do run_query("drop table if exists " ~ unions) %}
{%- endmacro %}

{# Give the groups of each component without conflict the name of its smallest. #}
{% macro unite(groups, components, conflicts) -%}
    {% set united = scratch_table('united_groups') %}
    {% do fill_table(united,
        "select g.node, case when k.union_id is null then coalesce(c.component, g.group_node) "
        ~ "else g.group_node end as group_node from " ~ groups ~ " as g left join "
        ~ components ~ " as c on g.group_node = c.node left join " ~ conflicts
        ~ " as k on c.component = k.union_id") %}
    {% do fill_table(groups, "select node, group_node from " ~ united) %}
    {% do run_query("drop table if exists " ~ united) %}
{%- endmacro %}
