{{ config(materialized='view') }}

with

identity_links as (

    select * from {{ ref('int_identity__evidence') }}

)

select * from identity_links
