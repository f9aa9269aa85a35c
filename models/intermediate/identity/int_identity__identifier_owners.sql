with

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

    where strength in ('hard', 'contact', 'reference')

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

{# A value may have several owners: a family's phone belongs to each of them. #}
identifier_owners as (

    select
        match_keys.key_type as identifier_type,
        match_keys.key_value as identifier_value,
        match_keys.strength,
        coalesce(groups.group_node, match_keys.node) as group_node,
        min(match_keys.node) as holder_node

    from match_keys

    left outer join groups
        on match_keys.node = groups.node

    group by 1, 2, 3, 4

)

select * from identifier_owners
