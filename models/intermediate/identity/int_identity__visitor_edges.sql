with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

    where rejection_reason is null

),

identifier_owners as (

    select distinct
        identifier_type,
        identifier_value

    from {{ ref('int_identity__identifier_owners') }}

),

cookies as (

    select * from {{ ref('int_identity__cookies') }}

    where owner_count <= 1

),

{# Devices, and contacts or orders that no record outside the web knows. #}
holders as (

    select
        sightings.identifier_type,
        sightings.identifier_value,
        sightings.first_seen_at,
        cookies.node,
        cookies.owner_node,
        coalesce(cookies.owner_node, cookies.node) as vertex

    from sightings

    inner join cookies
        on sightings.record_key = cookies.record_key

    inner join identifiers
        on sightings.identifier_type = identifiers.identifier_type
        and sightings.identifier_value = identifiers.identifier_value

    left outer join identifier_owners
        on sightings.identifier_type = identifier_owners.identifier_type
        and sightings.identifier_value = identifier_owners.identifier_value

    where
        sightings.identifier_type <> 'cookie'
        and identifier_owners.identifier_value is null

),

{# A device on which two people logged in is a family's: it links nobody. #}
counted_holders as (

    select
        *,
        min(owner_node) over (partition by identifier_type, identifier_value) as least_owner,
        max(owner_node) over (partition by identifier_type, identifier_value) as greatest_owner,
        min(node) over (partition by identifier_type, identifier_value) as first_node

    from holders

),

visitor_edges as (

    select
        counted_holders.node,
        counted_holders.first_node,
        counted_holders.identifier_type,
        counted_holders.identifier_value,
        counted_holders.first_seen_at,
        counted_holders.vertex as a,
        first_holders.vertex as b,
        counted_holders.owner_node is not null as is_owned_a,
        first_holders.owner_node is not null as is_owned_b,
        coalesce(counted_holders.least_owner <> counted_holders.greatest_owner, false)
            as is_contested

    from counted_holders

    inner join counted_holders as first_holders
        on counted_holders.identifier_type = first_holders.identifier_type
        and counted_holders.identifier_value = first_holders.identifier_value
        and counted_holders.first_node = first_holders.node

    where counted_holders.node <> counted_holders.first_node

)

select * from visitor_edges
