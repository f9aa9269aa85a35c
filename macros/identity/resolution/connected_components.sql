{#
    The connected components of a graph, by contraction (Borůvka 1926): each node points to its
    smallest neighbour, the pointers are followed to their roots, every tree shrinks to its root,
    and the same is done with the smaller graph until no edge is left. Nodes at least halve in each
    round, so a path of a million nodes takes 20 rounds at most, and a star takes one.

    `edges` has the columns a and b, whole numbers. Fills `result` with (node, component), one row
    per node of the edges; the component is its smallest node.
#}
{% macro connected_components(edges, result) -%}
    {% set remaining = scratch_table('remaining_edges') %}
    {% set contracted = scratch_table('contracted_edges') %}
    {% set smallest = scratch_table('smallest_neighbours') %}
    {% set pointers = scratch_table('pointers') %}
    {% set followed = scratch_table('followed_pointers') %}
    {% set ns = namespace(levels=[], is_done=false) %}

    {% do fill_table(remaining, "select distinct a, b from " ~ edges ~ " where a <> b") %}

    {% for level in range(64) if not ns.is_done %}
        {% set ns.is_done = count_rows("select a from " ~ remaining ~ " limit 1") == 0 %}
        {% if not ns.is_done %}
            {% do fill_table(smallest,
                "select node, min(neighbour) as neighbour from ("
                ~ "select a as node, b as neighbour from " ~ remaining
                ~ " union all select b, a from " ~ remaining ~ ") as ends group by node") %}
            {% do fill_table(pointers,
                "select s.node, case when t.neighbour = s.node and s.node < s.neighbour "
                ~ "then s.node else s.neighbour end as root from " ~ smallest ~ " as s "
                ~ "inner join " ~ smallest ~ " as t on s.neighbour = t.node") %}
            {% do follow_pointers(pointers, followed) %}

            {% set roots = scratch_table('roots_' ~ level) %}
            {% do fill_table(roots, "select node, root from " ~ pointers) %}
            {% do ns.levels.append(roots) %}
            {% do fill_table(contracted,
                "select distinct least(x.root, y.root) as a, greatest(x.root, y.root) as b from "
                ~ remaining ~ " as e inner join " ~ roots ~ " as x on e.a = x.node "
                ~ "inner join " ~ roots ~ " as y on e.b = y.node where x.root <> y.root") %}
            {% do fill_table(remaining, "select a, b from " ~ contracted) %}
        {% endif %}
    {% endfor %}

    {% do unwind_components(ns.levels, result) %}
    {% for scratch in ns.levels + [remaining, contracted, smallest, pointers, followed] %}
        {% do run_query("drop table if exists " ~ scratch) %}
    {% endfor %}
{%- endmacro %}

{# Pointer doubling: each pointer jumps to where its target points, until none moves. #}
{% macro follow_pointers(pointers, followed) -%}
    {% set ns = namespace(is_done=false) %}
    {% for jump in range(64) if not ns.is_done %}
        {% do fill_table(followed,
            "select p.node, t.root, case when p.root <> t.root then 1 else 0 end as has_moved from "
            ~ pointers ~ " as p inner join " ~ pointers ~ " as t on p.root = t.node") %}
        {% set ns.is_done =
            count_rows("select node from " ~ followed ~ " where has_moved = 1 limit 1") == 0 %}
        {% do fill_table(pointers, "select node, root from " ~ followed) %}
    {% endfor %}
{%- endmacro %}

{# From the last round back to the first, each node learns the root of its root. #}
{% macro unwind_components(levels, result) -%}
    {% set above = scratch_table('roots_above') %}
    {% set unwound = scratch_table('roots_unwound') %}
    {% do fill_table(above,
        "select cast(null as bigint) as node, cast(null as bigint) as root where 1 = 0") %}
    {% for roots in levels | reverse %}
        {% do fill_table(unwound,
            "select r.node, coalesce(u.root, r.root) as root from " ~ roots ~ " as r left join "
            ~ above ~ " as u on r.root = u.node") %}
        {% do fill_table(above, "select node, root from " ~ unwound) %}
    {% endfor %}
    {% do fill_table(result,
        "select node, min(node) over (partition by root) as component from " ~ above) %}
    {% do run_query("drop table if exists " ~ above) %}
    {% do run_query("drop table if exists " ~ unwound) %}
{%- endmacro %}
