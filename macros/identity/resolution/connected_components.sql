{#
    The connected components of a graph, by contraction (Borůvka 1926): each node points to its
    smallest neighbour, the pointers are followed to their roots, every tree shrinks to its root,
    and the same is done with the smaller graph until no edge is left. Nodes at least halve in each
    round, so a path of a million nodes takes 20 rounds at most, and a star takes one.

    `edges` has the columns a and b, whole numbers. Fills `result` with (node, component), one row
    per node of the edges; the component is its smallest node.
#}
{% macro connected_components(edges, result) -%}
    {{ return(adapter.dispatch('connected_components', 'onefold')(edges, result)) }}
{%- endmacro %}

{% macro default__connected_components(edges, result) -%}
    {% set smallest = scratch_table('smallest_neighbours') %}
    {% set ns = namespace(remaining=edges, levels=[], is_done=false) %}

    {% for level in range(64) if not ns.is_done %}
        {% set ns.is_done =
            count_rows("select a from " ~ ns.remaining ~ " where a <> b limit 1") == 0 %}
        {% if not ns.is_done %}
            {% do fill_table(smallest,
                "select node, min(neighbour) as neighbour from ("
                ~ "select a as node, b as neighbour from " ~ ns.remaining ~ " where a <> b"
                ~ " union all select b, a from " ~ ns.remaining ~ " where a <> b) as ends"
                ~ " group by node") %}
            {% set roots = find_roots(smallest, level) %}
            {% set contracted = scratch_table('contracted_edges_' ~ level) %}
            {% do fill_table(contracted,
                "select distinct least(x.root, y.root) as a, greatest(x.root, y.root) as b from "
                ~ ns.remaining ~ " as e inner join " ~ roots ~ " as x on e.a = x.node "
                ~ "inner join " ~ roots ~ " as y on e.b = y.node where x.root <> y.root",
                spent=[ns.remaining] if level > 0 else []) %}
            {% do ns.levels.append(roots) %}
            {% set ns.remaining = contracted %}
        {% endif %}
    {% endfor %}

    {% do unwind_components(ns.levels, result, spent=[ns.remaining] if ns.levels else []) %}
{%- endmacro %}

{#
    Few links are labelled in one statement: a resolution of a little news asks dozens of times, and
    to run the dozen statements of the rounds takes longer than their work. Where the profile names
    the plugin, scipy labels graphs that are large enough for it: three times as fast, but it takes
    some seconds to load, and 125 MB for a million links.
#}
{% macro duckdb__connected_components(edges, result) -%}
    {% set few = 5000 %}
    {% set modules = (target.plugins or []) | map(attribute='module') | list %}
    {% set links = count_rows("select a from " ~ edges) %}
    {% if 'orchestration.transformation.scipy_components' in modules
        and links >= env_var('ONEFOLD_SCIPY_FROM_LINKS', '5000000') | int %}
        {% do fill_table(result,
            "select unnest(scipy_components(list(a), list(b)), recursive := true) from "
            ~ edges ~ " where a <> b") %}
    {% elif links > few or not spread_labels(edges, result) %}
        {% do default__connected_components(edges, result) %}
    {% endif %}
{%- endmacro %}

{#
    Each node takes over the smallest number among its neighbours until nothing changes, which takes
    as many steps as a component is long. Where that is too far for this way, the answer is no.
#}
{% macro spread_labels(edges, result) -%}
    {% set most_steps = 30 %}
    {% do fill_table(result,
        "with recursive ends as ("
        ~ "select a as node, b as neighbour from " ~ edges ~ " where a <> b"
        ~ " union all select b, a from " ~ edges ~ " where a <> b),"
        ~ " labels (node, component, step) using key (node) as ("
        ~ "select node, least(node, min(neighbour)), 1 from ends group by node"
        ~ " union select e.neighbour, min(l.component), max(l.step) + 1 from labels as l"
        ~ " inner join ends as e on l.node = e.node"
        ~ " inner join recurring.labels as r on e.neighbour = r.node"
        ~ " where l.component < r.component and l.step < " ~ most_steps ~ " group by e.neighbour)"
        ~ " select node, component, step from labels") %}
    {{ return(not has_rows(result ~ " where step = " ~ most_steps)) }}
{%- endmacro %}

{#
    Pointer doubling: each pointer that is not at a root yet jumps to where its target points. Only
    what has jumped can jump again, so there is less to look at each time. Uses `smallest` up.
#}
{% macro find_roots(smallest, level) -%}
    {% set pointers = scratch_table('pointers_' ~ level) %}
    {% do fill_table(pointers,
        "select s.node, case when t.neighbour = s.node and s.node < s.neighbour "
        ~ "then s.node else s.neighbour end as root from " ~ smallest ~ " as s "
        ~ "inner join " ~ smallest ~ " as t on s.neighbour = t.node", spent=[smallest]) %}
    {% set ns = namespace(pointers=pointers, moving=pointers, is_done=false) %}
    {% for jump in range(64) if not ns.is_done %}
        {% set jumps = scratch_table('jumps_' ~ jump) %}
        {% do fill_table(jumps,
            "select p.node, t.root from " ~ ns.moving ~ " as p "
            ~ "inner join " ~ ns.pointers ~ " as t on p.root = t.node where t.node <> t.root",
            spent=[ns.moving] if jump > 0 else []) %}
        {% set ns.moving = jumps %}
        {% set ns.is_done = count_rows("select node from " ~ jumps ~ " limit 1") == 0 %}
        {% if not ns.is_done %}
            {% set followed = scratch_table('pointers_' ~ level ~ '_' ~ jump) %}
            {% do fill_table(followed,
                "select p.node, coalesce(j.root, p.root) as root from " ~ ns.pointers ~ " as p "
                ~ "left join " ~ jumps ~ " as j on p.node = j.node", spent=[ns.pointers]) %}
            {% set ns.pointers = followed %}
        {% endif %}
    {% endfor %}
    {% do drop_tables([ns.moving]) %}
    {{ return(ns.pointers) }}
{%- endmacro %}

{# From the last round back to the first, each node learns the root of its root. #}
{% macro unwind_components(levels, result, spent) -%}
    {% set ns = namespace(above=scratch_table('roots_above')) %}
    {% do fill_table(ns.above,
        "select cast(null as bigint) as node, cast(null as bigint) as root where 1 = 0",
        spent=spent) %}
    {% for roots in levels | reverse %}
        {% set unwound = scratch_table('roots_unwound_' ~ loop.index) %}
        {% do fill_table(unwound,
            "select r.node, coalesce(u.root, r.root) as root from " ~ roots ~ " as r left join "
            ~ ns.above ~ " as u on r.root = u.node", spent=[ns.above, roots]) %}
        {% set ns.above = unwound %}
    {% endfor %}
    {#- Not a window over all nodes: sorting them would take as long as all the rounds. -#}
    {% do fill_table(result,
        "select u.node, m.component from " ~ ns.above ~ " as u "
        ~ "inner join (select root, min(node) as component from " ~ ns.above
        ~ " group by root) as m on u.root = m.root", spent=[ns.above]) %}
{%- endmacro %}
