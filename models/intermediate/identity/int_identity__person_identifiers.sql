{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__person_identifiers_units'), ['identifier_number']) }}"
) }}

with

units as (

    select *

    from
        {{
            changed_units() if is_incremental()
            else ref('int_identity__person_identifiers_units')
        }}

),

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

    where person_id is not null

),

person_identifiers as (

    select
        record_identifiers.identifier_type || ':' || record_identifiers.identifier_value
            as identifier_id,
        record_identifiers.identifier_type,
        record_identifiers.identifier_value,
        person_records.person_id,

        min(record_identifiers.first_seen_at) as first_seen_at,
        max(record_identifiers.last_seen_at) as last_seen_at,
        min(units.fingerprint) as fingerprint

    from record_identifiers

    inner join units
        on record_identifiers.identifier_number = units.identifier_number

    inner join person_records
        on record_identifiers.node = person_records.node

    group by 1, 2, 3, 4

)

select * from person_identifiers
