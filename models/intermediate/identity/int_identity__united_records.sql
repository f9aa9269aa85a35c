{{ config(materialized='connected_components') }}

with

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

)

select
    lower_node as a,
    upper_node as b

from decided_pairs

where decision = 'same'
