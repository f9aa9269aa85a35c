with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

known_identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

    where rejection_reason is null

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

    where person_id is not null

),

person_identifiers as (

    select
        known_identifiers.identifier_type || ':' || known_identifiers.identifier_value
            as identifier_id,
        known_identifiers.identifier_type,
        known_identifiers.identifier_value,
        person_records.person_id,

        min(sightings.first_seen_at) as first_seen_at,
        max(sightings.last_seen_at) as last_seen_at

    from sightings

    inner join known_identifiers
        on sightings.identifier_type = known_identifiers.identifier_type
        and sightings.identifier_value = known_identifiers.identifier_value

    inner join person_records
        on sightings.record_key = person_records.record_key

    group by 1, 2, 3, 4

)

select * from person_identifiers
