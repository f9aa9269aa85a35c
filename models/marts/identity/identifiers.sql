{{ config(materialized='view') }}

with

identifiers as (

    select
        identifier_id,
        identifier_type,
        identifier_value,
        person_id,

        first_seen_at,
        last_seen_at

    from {{ ref('int_identity__person_identifiers') }}

)

select * from identifiers
