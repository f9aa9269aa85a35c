with

cookie_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null and is_on_cookie and identifier_type <> 'cookie'

),

identifier_owners as (

    select distinct identifier_number

    from {{ ref('int_identity__identifier_owners') }}

),

cookies as (

    select * from {{ ref('int_identity__cookies') }}

    where owner_count <= 1

),

{# Devices, and contacts or orders that no record outside the web knows. #}
holders as (

    select
        cookie_identifiers.identifier_number,
        cookie_identifiers.identifier_type,
        cookie_identifiers.identifier_value,
        cookie_identifiers.first_seen_at,
        cookies.node,
        cookies.owner_node,
        coalesce(cookies.owner_node, cookies.node) as vertex

    from cookie_identifiers

    inner join cookies
        on cookie_identifiers.node = cookies.node

    left outer join identifier_owners
        on cookie_identifiers.identifier_number = identifier_owners.identifier_number

    where identifier_owners.identifier_number is null

),

{# A device on which two people logged in is a family's: it links nobody. #}
counted_holders as (

    select
        *,
        min(owner_node) over (partition by identifier_number) as least_owner,
        max(owner_node) over (partition by identifier_number) as greatest_owner,
        min(node) over (partition by identifier_number) as first_node

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
        on counted_holders.identifier_number = first_holders.identifier_number
        and counted_holders.first_node = first_holders.node

    where counted_holders.node <> counted_holders.first_node

)

select * from visitor_edges
