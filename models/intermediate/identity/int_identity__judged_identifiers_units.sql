{{ config(materialized='view') }}

with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

{# Orders and receipts are numbered by machines, and there are more of them than of all others. #}
judged_identifiers_units as (

    select distinct
        sightings.identifier_number,
        {{ mixed_fingerprint([
            'sightings.identifier_number', text_fingerprint(identity_version())
        ]) }} as fingerprint

    from sightings

    inner join identifier_types
        on sightings.identifier_type = identifier_types.identifier_type

    where identifier_types.strength <> 'reference'

)

select * from judged_identifiers_units
