with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null

),

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

),

person_ids as (

    select * from {{ ref('int_identity__person_ids') }}

),

person_identifiers as (

    select
        record_identifiers.identifier_type || ':' || record_identifiers.identifier_value
            as identifier_id,
        record_identifiers.identifier_type,
        record_identifiers.identifier_value,
        person_ids.person_id,

        min(record_identifiers.first_seen_at) as first_seen_at,
        max(record_identifiers.last_seen_at) as last_seen_at

    from record_identifiers

    inner join record_groups
        on record_identifiers.node = record_groups.node

    inner join person_ids
        on record_groups.group_node = person_ids.group_node

    group by 1, 2, 3, 4

)

select * from person_identifiers
