{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(
        ref('int_identity__judged_identifiers_units'), ['identifier_number']
    ) }}"
) }}

{# Its rows stand in the query as constants, see junk_reason. #}
-- depends_on: {{ ref('junk_patterns') }}
with

units as (

    select *

    from
        {{
            changed_units() if is_incremental()
            else ref('int_identity__judged_identifiers_units')
        }}

),

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

junk_values as (

    select * from {{ ref('junk_values') }}

),

distinct_values as (

    select
        units.identifier_number,
        units.fingerprint,
        min(sightings.identifier_type) as identifier_type,
        {{ folded_value('min(sightings.identifier_value)') }} as folded_value

    from sightings

    inner join units
        on sightings.identifier_number = units.identifier_number

    group by 1, 2

),

judged_identifiers as (

    select
        distinct_values.identifier_number,
        {{ junk_verdict(
            'junk_values.reason',
            'distinct_values.identifier_type',
            'distinct_values.folded_value',
        ) }} as reason,
        distinct_values.fingerprint

    from distinct_values

    left outer join junk_values
        on distinct_values.folded_value = junk_values.junk_value

)

select * from judged_identifiers
