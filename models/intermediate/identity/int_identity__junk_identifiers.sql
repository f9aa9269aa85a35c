with

judged_identifiers as (

    select * from {{ ref('int_identity__judged_identifiers') }}

    where reason is not null

),

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

junk_identifiers as (

    select distinct
        sightings.identifier_type,
        sightings.identifier_value,
        judged_identifiers.reason

    from sightings

    inner join judged_identifiers
        on sightings.identifier_number = judged_identifiers.identifier_number

)

select * from junk_identifiers
