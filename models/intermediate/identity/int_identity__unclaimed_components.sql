{{ config(materialized='connected_components') }}

with

visitor_edges as (

    select * from {{ ref('int_identity__visitor_edges') }}

    where not is_contested and not is_owned_a and not is_owned_b

),

visitor_components as (

    select * from {{ ref('int_identity__visitor_components') }}

),

visitor_people as (

    select * from {{ ref('int_identity__visitor_people') }}

    where owner_count > 1

)

select
    visitor_edges.a,
    visitor_edges.b

from visitor_edges

inner join visitor_components
    on visitor_edges.a = visitor_components.node

inner join visitor_people
    on visitor_components.component = visitor_people.component
