{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__record_identifiers_units'), ['node']) }}"
) }}

with

units as (

    select *

    from
        {{
            changed_units() if is_incremental()
            else ref('int_identity__record_identifiers_units')
        }}

),

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
        sightings.node,
        sightings.record_key,
        sightings.identifier_type,
        sightings.identifier_value,
        sightings.identifier_number,
        identifiers.strength,
        identifiers.rejection_reason,

        source_records.record_type = 'cookie' as is_on_cookie,

        sightings.first_seen_at,
        sightings.last_seen_at,
        units.fingerprint

    from sightings

    inner join units
        on sightings.node = units.node

    inner join identifiers
        on sightings.identifier_number = identifiers.identifier_number

    inner join source_records
        on sightings.node = source_records.node

)

select * from record_identifiers
