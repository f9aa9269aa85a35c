{{ config(materialized='view') }}

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

{# A record has other identifiers too where one of its own becomes a hub, or is no hub any more. #}
rejections as (

    select
        sightings.node,

        {{ fingerprint_of_rows(mixed_fingerprint([
            'identifiers.identifier_number',
            fingerprint_of(['identifiers.rejection_reason']),
        ])) }} as fingerprint

    from sightings

    inner join identifiers
        on sightings.identifier_number = identifiers.identifier_number

    where identifiers.rejection_reason is not null

    group by 1

),

seen_records as (

    select
        node,

        min(fingerprint) as fingerprint

    from sightings

    group by 1

),

record_identifiers_units as (

    select
        seen_records.node,

        {{ mixed_fingerprint([
            'seen_records.node', 'seen_records.fingerprint', 'coalesce(rejections.fingerprint, 0)'
        ]) }} as fingerprint

    from seen_records

    inner join source_records
        on seen_records.node = source_records.node

    left outer join rejections
        on seen_records.node = rejections.node

)

select * from record_identifiers_units
