{{ config(materialized='connected_components') }}

with

visitor_edges as (

    select * from {{ ref('int_identity__visitor_edges') }}

)

select
    a,
    b

from visitor_edges

where not is_contested
