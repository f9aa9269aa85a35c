{{ config(materialized='view') }}

with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

),

identifier_sightings as (

    select
        {{ dbt.hash("record_key || '|' || identifier_type || '|' || identifier_value") }}
            as sighting_id,
        record_key,
        identifier_type || ':' || identifier_value as identifier_id,
        identifier_type,
        identifier_value,
        rejection_reason,

        first_seen_at,
        last_seen_at

    from record_identifiers

)

select * from identifier_sightings
