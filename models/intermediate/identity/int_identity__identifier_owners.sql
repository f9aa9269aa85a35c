with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where
        rejection_reason is null
        and not is_on_cookie
        and strength in ('hard', 'contact', 'reference')

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

{# A value may have several owners: a family's phone belongs to each of them. #}
identifier_owners as (

    select
        record_identifiers.identifier_type,
        record_identifiers.identifier_value,
        record_identifiers.strength,
        coalesce(groups.group_node, record_identifiers.node) as group_node,
        min(record_identifiers.node) as holder_node

    from record_identifiers

    left outer join groups
        on record_identifiers.node = groups.node

    group by 1, 2, 3, 4

)

select * from identifier_owners
