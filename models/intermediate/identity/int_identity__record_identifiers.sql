with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

{# All that is asked of identifiers later is asked here, so that texts are joined once. #}
record_identifiers as (

    select
        source_records.node,
        sightings.record_key,
        sightings.identifier_type,
        sightings.identifier_value,
        identifiers.identifier_number,
        identifiers.strength,
        identifiers.rejection_reason,

        source_records.record_type = 'cookie' as is_on_cookie,

        sightings.first_seen_at,
        sightings.last_seen_at

    from sightings

    inner join identifiers
        on sightings.identifier_type = identifiers.identifier_type
        and sightings.identifier_value = identifiers.identifier_value

    inner join source_records
        on sightings.record_key = source_records.record_key

)

select * from record_identifiers
