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

    {#- Written once for all: to write it takes dbt longer than the engine to answer it for a few. -#}
    {% set conflict_query =
        conflicting_unions(scratch_table('unions'), groups, names, values) %}
    {% set open_pairs = scratch_table('open_pairs') %}
    {% do unite_whole_components(pairs, groups, conflict_query) %}
    {% do fill_table(open_pairs, pairs_between_groups(pairs, groups)) %}
    {% set ranks = run_query("select distinct rank from " ~ open_pairs ~ " order by 1") %}
    {% for rank in ranks.columns[0].values() %}
        {% do apply_rule(edges_of_rank(open_pairs, groups, rank), groups, names, conflict_query) %}
    {% endfor %}
    {% do drop_tables([open_pairs]) %}
    {% for identifier_type in nameless_types() %}
        {% for edges in [
            edges_of_namesakes(values, groups, names, identifier_type),
            edges_of_nameless(values, groups, names, identifier_type),
        ] %}
            {% do apply_rule(edges, groups, names, conflict_query) %}
        {% endfor %}
    {% endfor %}
{%- endmacro %}

{#
    All rules at once, where the whole is one person. A contradiction that is excused makes a
    difference: it may be excused in the whole and not yet in a part.
#}
{% macro unite_whole_components(pairs, groups, conflict_query) -%}
    {% set edges = scratch_table('edges') %}
    {% set components = scratch_table('components') %}
    {% set conflicts = scratch_table('conflicts') %}

    {% do fill_table(edges, "select distinct lower_node as a, upper_node as b from " ~ pairs) %}
    {% do connected_components(edges, components) %}
    {% do find_conflicts(components, conflict_query, conflicts) %}
    {% do run_query(
        "insert into " ~ conflicts ~ " select distinct l.component from "
        ~ ref('int_identity__excused_pairs') ~ " as e inner join " ~ components
        ~ " as l on e.lower_node = l.node inner join " ~ components
        ~ " as u on e.upper_node = u.node and l.component = u.component left join " ~ conflicts
        ~ " as k on l.component = k.union_id where k.union_id is null") %}
    {% do unite(groups, without_conflict(components, conflicts)) %}

    {% do drop_tables([edges, components, conflicts]) %}
{%- endmacro %}

{% macro pairs_between_groups(pairs, groups) -%}
    select p.lower_node, p.upper_node, p.rank, p.strength
    from {{ pairs }} as p
    inner join {{ groups }} as x on p.lower_node = x.node
    inner join {{ groups }} as y on p.upper_node = y.node
    where x.group_node <> y.group_node
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

{#
    The contacts that a rule of the seed lets join records without a name, the strongest rule first:
    no rule, no join.
#}
{% macro nameless_types() -%}
    {%- set rules = "from " ~ ref('match_rules')
        ~ " where is_one_nameless = 1 and (shares_contact = 1 or " -%}
    {% set types = run_query(
        "select identifier_type, min(rank) as rank from ("
        ~ "select 'email' as identifier_type, rank " ~ rules
        ~ "shares_email = 1) and shares_phone = 0"
        ~ " union all select 'phone' as identifier_type, rank " ~ rules
        ~ "shares_phone = 1) and shares_email = 0) as rules group by 1 order by 2, 1") %}
    {{ return(types.columns[0].values()) }}
{%- endmacro %}

{#
    Groups that hold a contact which somebody without a name has, what the named ones are called,
    and the group of the first nameless holder: int_identity__paired_values ties the others to that
    one, so that whatever is united through it can be explained.
#}
{% macro contact_holders(values, groups, names, identifier_type) -%}
    named_groups as (
        select
            g.group_node,
            max(case when n.is_nameless then 0 else 1 end) as is_named,
            min(case when not n.is_nameless then {{ whole_name('n') }} end) as lowest_name,
            max(case when not n.is_nameless then {{ whole_name('n') }} end) as highest_name,
            min(n.birth_date) as earliest_birth_date,
            max(n.birth_date) as latest_birth_date
        from {{ groups }} as g inner join {{ names }} as n on g.node = n.node
        group by g.group_node
    ),
    nameless_values as (
        select v.key_number, min(v.node) as first_node
        from {{ values }} as v inner join {{ names }} as n on v.node = n.node
        where v.key_type = '{{ identifier_type }}' and n.is_nameless
        group by v.key_number
    ),
    holders as (
        select distinct
            v.key_number, f.group_node as first_group, n.*
        from {{ values }} as v
        inner join nameless_values as o on v.key_number = o.key_number
        inner join {{ groups }} as f on o.first_node = f.node
        inner join {{ groups }} as g on v.node = g.node
        inner join named_groups as n on g.group_node = n.group_node
        where v.key_type = '{{ identifier_type }}'
    )
{%- endmacro %}

{% macro whole_name(name) -%}
    coalesce({{ name }}.full_first_name, '') || '|' || coalesce({{ name }}.last_name_key, '')
{%- endmacro %}

{#
    The named holders of a contact, where all have one name and no other birth date: by a receipt,
    each has the other's contact.
#}
{% macro edges_of_namesakes(values, groups, names, identifier_type) -%}
    with {{ contact_holders(values, groups, names, identifier_type) }},
    namesakes as (
        select key_number, first_group from holders
        where is_named = 1
        group by key_number, first_group
        having
            max(case when group_node = first_group then 1 else 0 end) = 1
            and min(lowest_name) = max(highest_name)
            and min(lowest_name) like '_%|_%'
            and min(earliest_birth_date) is not distinct from max(latest_birth_date)
    )
    select distinct
        least(n.first_group, h.group_node) as a,
        greatest(n.first_group, h.group_node) as b,
        1 as strength
    from namesakes as n
    inner join holders as h on n.key_number = h.key_number and n.first_group <> h.group_node
    where h.is_named = 1
{%- endmacro %}

{#
    Receipts, orders and logins without a name belong to the one named holder of their contact.
    A value with two named holders is torn: whose the nameless rows are is not guessed.
#}
{% macro edges_of_nameless(values, groups, names, identifier_type) -%}
    with {{ contact_holders(values, groups, names, identifier_type) }},
    counted_holders as (
        select *, sum(is_named) over (partition by key_number) as named_count from holders
    )
    select distinct
        least(first_group, group_node) as a,
        greatest(first_group, group_node) as b,
        1 as strength
    from counted_holders
    where named_count <= 1 and first_group <> group_node
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
