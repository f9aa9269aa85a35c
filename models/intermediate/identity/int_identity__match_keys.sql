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

{# Facts that find two records of one person who gave different contacts. #}
shared_facts as (

    select
        node,
        'last_name_and_birth_date' as key_type,
        last_name_key || '|' || cast(birth_date as {{ dbt.type_string() }}) as key_value,
        'fact' as strength

    from record_names

    union all

    select
        node,
        'first_name_and_birth_date' as key_type,
        full_first_name || '|' || cast(birth_date as {{ dbt.type_string() }}) as key_value,
        'fact' as strength

    from record_names

    union all

    select
        node,
        'home' as key_type,
        home_key as key_value,
        'fact' as strength

    from record_names

    where not is_nameless

    union all

    select
        node,
        'full_name' as key_type,
        full_first_name || '|' || last_name_key as key_value,
        'fact' as strength

    from record_names

    union all

    select
        node,
        'birth_date_and_postcode' as key_type,
        cast(birth_date as {{ dbt.type_string() }}) || '|' || postcode_key as key_value,
        'fact' as strength

    from record_names

    union all

    select
        node,
        'last_name_and_postcode' as key_type,
        last_name_key || '|' || postcode_key as key_value,
        'fact' as strength

    from record_names

),

match_keys as (

    select * from shared_identifiers

    union all

    select * from shared_facts

    where key_value is not null

)

select * from match_keys
