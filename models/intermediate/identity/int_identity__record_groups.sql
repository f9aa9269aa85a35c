with

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

cookies as (

    select * from {{ ref('int_identity__cookies') }}

),

visitor_components as (

    select * from {{ ref('int_identity__visitor_components') }}

),

visitor_people as (

    select * from {{ ref('int_identity__visitor_people') }}

),

unclaimed_components as (

    select * from {{ ref('int_identity__unclaimed_components') }}

),

grouped_cookies as (

    select
        cookies.node,
        cookies.owner_count,
        case
            when cookies.owner_count > 1 then null
            when cookies.owner_node is not null then cookies.owner_node
            when visitor_people.owner_count = 1 then visitor_people.owner_node
            when visitor_people.owner_count > 1
                then coalesce(unclaimed_components.component, cookies.node)
            else coalesce(visitor_components.component, cookies.node)
        end as group_node

    from cookies

    left outer join visitor_components
        on cookies.node = visitor_components.node

    left outer join visitor_people
        on visitor_components.component = visitor_people.component

    left outer join unclaimed_components
        on cookies.node = unclaimed_components.node

),

record_groups as (

    select
        source_records.node,
        source_records.fingerprint,
        case
            when source_records.record_type = 'cookie' then grouped_cookies.group_node
            else coalesce(groups.group_node, source_records.node)
        end as group_node

    from source_records

    left outer join groups
        on source_records.node = groups.node

    left outer join grouped_cookies
        on source_records.node = grouped_cookies.node

)

select * from record_groups
