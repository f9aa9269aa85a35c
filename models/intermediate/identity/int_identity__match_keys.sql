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

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

shared_identifiers as (

    select
        source_records.node,
        sightings.identifier_type as key_type,
        sightings.identifier_value as key_value,
        identifiers.strength

    from sightings

    inner join identifiers
        on sightings.identifier_type = identifiers.identifier_type
        and sightings.identifier_value = identifiers.identifier_value

    inner join source_records
        on sightings.record_key = source_records.record_key

    where
        identifiers.rejection_reason is null
        and source_records.record_type <> 'cookie'

),

{# Facts that find two records of one person who gave different contacts. Nobody is compared for a
   home alone who gave no name. #}
{% set born = 'cast(birth_date as ' ~ dbt.type_string() ~ ')' %}
shared_facts as (

    {% for key_type, key_value in {
        'last_name_and_birth_date': "last_name_key || '|' || " ~ born,
        'first_name_and_birth_date': "full_first_name || '|' || " ~ born,
        'home': 'case when not is_nameless then home_key end',
        'full_name': "full_first_name || '|' || last_name_key",
        'birth_date_and_postcode': born ~ " || '|' || postcode_key",
        'last_name_and_postcode': "last_name_key || '|' || postcode_key",
    }.items() %}
        select
            node,
            '{{ key_type }}' as key_type,
            {{ key_value }} as key_value,
            'fact' as strength

        from record_names

        {{ 'union all' if not loop.last }}

    {% endfor %}

),

match_keys as (

    select * from shared_identifiers

    union all

    select * from shared_facts

    where key_value is not null

)

select * from match_keys
