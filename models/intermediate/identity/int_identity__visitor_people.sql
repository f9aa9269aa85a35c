with

visitor_components as (

    select * from {{ ref('int_identity__visitor_components') }}

),

cookies as (

    select * from {{ ref('int_identity__cookies') }}

),

owners as (

    select distinct owner_node

    from cookies

    where owner_node is not null

),

{# A chain of devices that leads from one person to another belongs to neither. #}
visitor_people as (

    select
        visitor_components.component,

        count(owners.owner_node) as owner_count,
        min(owners.owner_node) as owner_node

    from visitor_components

    left outer join owners
        on visitor_components.node = owners.owner_node

    group by 1

)

select * from visitor_people
