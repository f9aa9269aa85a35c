{#
    All that decides the group of a record, beside the records it is tied to, as one number: its
    pairs with their rules, its identifiers, what it says, and what is excused. Query of
    (node, fingerprint).
#}
{% macro evidence_of_records(pairs, names, values) -%}
    with ends as (
        select lower_node as node, upper_node as other, rank, strength from {{ pairs }}
        union all
        select upper_node as node, lower_node as other, rank, strength from {{ pairs }}
    ),
    excused_ends as (
        select lower_node as node, upper_node as other, excuses_names
        from {{ ref('int_identity__excused_pairs') }}
        union all
        select upper_node as node, lower_node as other, excuses_names
        from {{ ref('int_identity__excused_pairs') }}
    ),
    ties as (
        select node, {{ mixed_fingerprint(['other', 'rank', 'strength']) }} as part from ends
        union all
        select node, {{ mixed_fingerprint(['key_number', 'max_per_person']) }} as part
        from {{ values }}
    ),
    tied as (
        select node, {{ fingerprint_of_rows('part') }} as part from ties group by node
    ),
    excused as (
        select
            node, {{ fingerprint_of_rows(mixed_fingerprint(['other', 'excuses_names'])) }} as part
        from excused_ends group by node
    )
    select
        t.node,
        {{ mixed_fingerprint([
            't.node', 't.part', 'coalesce(e.part, 0)', 'n.fingerprint',
            text_fingerprint(identity_version())
        ]) }} as fingerprint
    from tied as t
    inner join {{ names }} as n on t.node = n.node
    left join excused as e on t.node = e.node
{%- endmacro %}

{#
    The records of all former components that hold a record whose evidence is not as it was, or a
    holder of a contact that such a record holds now. Every new tie has both ends among these.
#}
{% macro records_to_resolve(former_groups, evidence, values) -%}
    with changed as (
        select distinct coalesce(e.node, f.node) as node
        from {{ evidence }} as e
        full outer join {{ former_groups }} as f on e.fingerprint = f.fingerprint
        where e.node is null or f.node is null
    ),
    contacts as (
        select distinct v.key_number from {{ values }} as v
        inner join changed as c on v.node = c.node
        where v.key_type in ('email', 'phone')
    ),
    seeds as (
        select node from changed
        union distinct
        select v.node from {{ values }} as v
        inner join contacts as c on v.key_number = c.key_number
        where v.key_type in ('email', 'phone')
    ),
    touched_components as (
        select distinct f.component from {{ former_groups }} as f
        inner join seeds as s on f.node = s.node
    )
    select f.node from {{ former_groups }} as f
    inner join touched_components as t on f.component = t.component
    inner join {{ evidence }} as e on f.node = e.node
    union distinct
    select e.node from {{ evidence }} as e
    inner join changed as c on e.node = c.node
{%- endmacro %}

{# Tables of the pairs, names and identifiers of some records. #}
{% macro parts_to_resolve(records, pairs, names, values) -%}
    {% set parts = {
        'pairs': scratch_table('some_pairs'),
        'names': scratch_table('some_names'),
        'values': scratch_table('some_values'),
    } %}
    {% do fill_table(parts['pairs'],
        "select p.* from " ~ pairs ~ " as p inner join " ~ records
        ~ " as r on p.lower_node = r.node") %}
    {% do fill_table(parts['names'],
        "select n.* from " ~ names ~ " as n inner join " ~ records ~ " as r on n.node = r.node") %}
    {% do fill_table(parts['values'],
        "select v.* from " ~ values ~ " as v inner join " ~ records ~ " as r on v.node = r.node") %}
    {{ return(parts) }}
{%- endmacro %}

{# Groups that a rule or a contact ties to each other, although they are not one person. #}
{% macro fill_raw_components(components, groups, pairs, values) -%}
    {% set edges = scratch_table('raw_edges') %}
    {% do fill_table(edges,
        "with holders as (select distinct v.key_number, g.group_node from " ~ values
        ~ " as v inner join " ~ groups ~ " as g on v.node = g.node"
        ~ " where v.key_type in ('email', 'phone')),"
        ~ " stars as (select group_node as a, min(group_node) over"
        ~ " (partition by key_number) as b from holders)"
        ~ " select distinct a, b from stars where a <> b union distinct"
        ~ " select x.group_node as a, y.group_node as b from " ~ pairs ~ " as p inner join "
        ~ groups ~ " as x on p.lower_node = x.node inner join " ~ groups
        ~ " as y on p.upper_node = y.node where x.group_node <> y.group_node") %}
    {% do connected_components(edges, components) %}
    {% do drop_tables([edges]) %}
{%- endmacro %}

{% macro resolved_groups(groups, components, evidence) -%}
    select
        g.node,
        g.group_node,
        coalesce(c.component, g.group_node) as component,
        e.fingerprint
    from {{ groups }} as g
    inner join {{ evidence }} as e on g.node = e.node
    left join {{ components }} as c on g.group_node = c.node
{%- endmacro %}

{% macro forget_groups(former_groups, evidence, records) -%}
    delete from {{ former_groups }}
    where
        node in (select node from {{ records }})
        or node not in (select node from {{ evidence }})
{%- endmacro %}
