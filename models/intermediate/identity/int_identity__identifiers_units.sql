{{ config(materialized='view') }}

with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

{# Who holds a value is told by what the rows of its holders say. #}
identifiers_units as (

    select
        identifier_number,

        {{ mixed_fingerprint(['identifier_number', fingerprint_of_rows('fingerprint')]) }}
            as fingerprint

    from sightings

    group by 1

)

select * from identifiers_units
