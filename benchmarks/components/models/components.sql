{{ config(materialized='connected_components') }}

select
    a,
    b

from {{ source('benchmark', 'links') }}
