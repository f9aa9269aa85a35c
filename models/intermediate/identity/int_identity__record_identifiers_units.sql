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
{% set rejection %}
    case
        when identifiers.rejection_reason is null then 0
        else {{ fingerprint_of(['identifiers.rejection_reason']) }}
    end
{% endset %}
record_identifiers_units as (

    select
        sightings.node,

        {{ mixed_fingerprint([
            'sightings.node', 'min(sightings.fingerprint)',
            common_fingerprint(mixed_fingerprint(['identifiers.identifier_number', rejection])),
        ]) }} as fingerprint

    from sightings

    inner join identifiers
        on sightings.identifier_number = identifiers.identifier_number

    inner join source_records
        on sightings.node = source_records.node

    group by 1

)

select * from record_identifiers_units
