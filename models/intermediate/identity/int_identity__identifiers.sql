{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__identifiers_units'), ['identifier_number']) }}"
) }}

with

units as (

    select *

    from {{ changed_units() if is_incremental() else ref('int_identity__identifiers_units') }}

),

sightings as (

    select
        sightings.*,
        units.fingerprint as unit_fingerprint

    from {{ ref('int_identity__sightings') }} as sightings

    inner join units
        on sightings.identifier_number = units.identifier_number

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

junk_identifiers as (

    select * from {{ ref('int_identity__junk_identifiers') }}

),

{# Ten orders of one login are one holder of its e-mail; ten anonymous receipts are ten. #}
holders as (

    select
        sightings.identifier_number,
        sightings.identifier_type,
        sightings.identifier_value,
        sightings.unit_fingerprint,
        sightings.first_seen_at,
        sightings.last_seen_at,
        coalesce(
            source_records.user_id, source_records.loyalty_id, source_records.record_key
        ) as holder,
        source_records.email,
        left(record_names.full_first_name, 1) as initial

    from sightings

    inner join source_records
        on sightings.node = source_records.node

    inner join record_names
        on sightings.node = record_names.node

),

counted_identifiers as (

    select
        identifier_number,

        min(identifier_type) as identifier_type,
        min(identifier_value) as identifier_value,
        min(unit_fingerprint) as fingerprint,
        count(distinct holder) as holder_count,
        count(distinct initial) as initial_count,
        count(distinct email) as contact_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at

    from holders

    group by 1

),

identifiers as (

    select
        counted_identifiers.*,
        identifier_types.strength,
        case
            when junk_identifiers.identifier_value is not null
                then 'junk: ' || junk_identifiers.reason
            when counted_identifiers.holder_count > identifier_types.max_records
                then 'hub: on more records than one person has'
            when counted_identifiers.initial_count > identifier_types.max_initials
                then 'hub: under more names than one person has'
            when counted_identifiers.contact_count > identifier_types.max_contacts
                then 'hub: beside more e-mail addresses than one person has'
        end as rejection_reason

    from counted_identifiers

    inner join identifier_types
        on counted_identifiers.identifier_type = identifier_types.identifier_type

    left outer join junk_identifiers
        on counted_identifiers.identifier_type = junk_identifiers.identifier_type
        and counted_identifiers.identifier_value = junk_identifiers.identifier_value

)

select * from identifiers
