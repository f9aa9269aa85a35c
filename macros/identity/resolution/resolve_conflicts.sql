{#
    The guarded way, for what is left of one rule when whole unions contradict themselves. In each
    round every group picks its best partner among those it may be united with. A group whose
    equally good best partners may not be one person is torn: it waits rather than choose by chance,
    so that a value which would bridge two people stays as ambiguous evidence. The best permitted
    pair of a component always picks each other, so each round unites something or is the last.
#}
{% macro resolve_conflicts(edge_query, groups, names, conflict_query) -%}
    {% set ns = namespace(is_done=false) %}
    {% set edges = scratch_table('open_edges') %}
    {% set picks = scratch_table('picks') %}
    {% set components = scratch_table('picked_components') %}
    {% set conflicts = scratch_table('picked_conflicts') %}

    {% for round in range(var('max_guarded_rounds')) if not ns.is_done %}
        {% do fill_permitted_edges(edge_query, conflict_query, edges) %}
        {% if has_rows(edges) %}{% do drop_torn_groups(edges, conflict_query) %}{% endif %}
        {% set ns.is_done = not has_rows(edges) %}
        {% if not ns.is_done %}
            {% do fill_table(picks, best_partners(edges, names)) %}
            {% do connected_components(picks, components) %}
            {% do find_conflicts(components, conflict_query, conflicts) %}
            {% do unite(groups, without_conflict(components, conflicts)
                ~ " union all " ~ mutual_picks(picks, components, conflicts)) %}
        {% endif %}
    {% endfor %}

    {% do drop_tables([edges, picks, components, conflicts, scratch_table('rivals')]) %}
{%- endmacro %}

{# The pairs of groups that the rule joins and that may be one person. #}
{% macro fill_permitted_edges(edge_query, conflict_query, edges) -%}
    {% set numbered = scratch_table('numbered_edges') %}
    {% set unions = scratch_table('unions') %}
    {% set forbidden = scratch_table('forbidden_pairs') %}
    {% do fill_table(numbered,
        "select a, b, strength, row_number() over (order by a, b) as union_id from ("
        ~ edge_query ~ ") as e") %}
    {% do fill_table(unions,
        "select union_id, a as group_node from " ~ numbered
        ~ " union all select union_id, b from " ~ numbered) %}
    {% do fill_table(forbidden, conflict_query) %}
    {% do fill_table(edges,
        "select e.a, e.b, e.strength from " ~ numbered ~ " as e left join " ~ forbidden
        ~ " as f on e.union_id = f.union_id where f.union_id is null",
        spent=[numbered, unions, forbidden]) %}
{%- endmacro %}

{% macro drop_torn_groups(edges, conflict_query) -%}
    {% set best = scratch_table('best_edges') %}
    {% set rivals = scratch_table('rivals') %}
    {% set unions = scratch_table('unions') %}
    {% set forbidden = scratch_table('forbidden_rivals') %}
    {% set whole = scratch_table('whole_edges') %}
    {% do fill_table(best, best_edges(edges)) %}
    {% do fill_table(rivals,
        "select x.node, x.partner as a, y.partner as b, "
        ~ "row_number() over (order by x.node, x.partner, y.partner) as union_id from "
        ~ best ~ " as x inner join " ~ best
        ~ " as y on x.node = y.node and x.partner < y.partner", spent=[best]) %}
    {% if has_rows(rivals) %}
        {% do fill_table(unions,
            "select union_id, a as group_node from " ~ rivals
            ~ " union all select union_id, b from " ~ rivals) %}
        {% do fill_table(forbidden, conflict_query) %}
        {% do fill_table(whole,
            "select e.a, e.b, e.strength from " ~ edges
            ~ " as e left join (select distinct r.node from "
            ~ rivals ~ " as r inner join " ~ forbidden
            ~ " as f on r.union_id = f.union_id) as t on e.a = t.node or e.b = t.node "
            ~ "where t.node is null") %}
        {% do fill_table(edges, "select a, b, strength from " ~ whole,
            spent=[rivals, unions, forbidden, whole]) %}
    {% endif %}
{%- endmacro %}

{# The strongest edges of each group, several where they are equally strong. #}
{% macro best_edges(edges) -%}
    select node, partner, strength from (
        select
            node, partner, strength, max(strength) over (partition by node) as best_strength
        from (
            select a as node, b as partner, strength from {{ edges }}
            union all
            select b as node, a as partner, strength from {{ edges }}
        ) as ends
    ) as ranked
    where strength = best_strength
{%- endmacro %}

{# A tie is broken by a hash of the record keys: in their order, a chain would take a round a link. #}
{% macro best_partners(edges, names) -%}
    select node as a, partner as b from (
        select
            e.node,
            e.partner,
            row_number() over (
                partition by e.node
                order by {{ dbt.hash("least(x.record_key, y.record_key) || '|' || "
                    ~ "greatest(x.record_key, y.record_key)") }}
            ) as preference
        from ({{ best_edges(edges) }}) as e
        inner join {{ names }} as x on e.node = x.node
        inner join {{ names }} as y on e.partner = y.node
    ) as preferred
    where preference = 1
{%- endmacro %}

{# Of components that can not be one person, those two at a time that pick each other. #}
{% macro mutual_picks(picks, components, conflicts) -%}
    select p.a as node, least(p.a, p.b) as component from {{ picks }} as p
    inner join {{ picks }} as q on p.a = q.b and p.b = q.a
    inner join {{ components }} as c on p.a = c.node
    inner join {{ conflicts }} as k on c.component = k.union_id
{%- endmacro %}
