with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

known_identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

person_records as (

    select * from {{ ref('person_records') }}

),

identifier_sightings as (

    select
        {{ dbt.hash("sightings.record_key || '|' || sightings.identifier_type || '|'"
            ~ " || sightings.identifier_value") }} as sighting_id,
        sightings.record_key,
        sightings.identifier_type || ':' || sightings.identifier_value as identifier_id,
        sightings.identifier_type,
        sightings.identifier_value,
        known_identifiers.rejection_reason,

        sightings.first_seen_at,
        sightings.last_seen_at

    from sightings

    inner join known_identifiers
        on sightings.identifier_type = known_identifiers.identifier_type
        and sightings.identifier_value = known_identifiers.identifier_value

    inner join person_records
        on sightings.record_key = person_records.record_key

)

select * from identifier_sightings
