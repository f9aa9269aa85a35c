{{ config(materialized='view') }}

with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null and strength <> 'reference' and not is_on_cookie

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

fact_keys as (

    select * from {{ ref('int_identity__fact_keys') }}

),

{# Numbers pair records three times as fast as texts. #}
match_keys as (

    select
        record_identifiers.node,
        record_identifiers.identifier_type as key_type,
        record_identifiers.identifier_number as key_number,
        record_identifiers.strength,
        record_names.fingerprint as details_fingerprint

    from record_identifiers

    inner join record_names
        on record_identifiers.node = record_names.node

    union all

    select
        node,
        key_type,
        key_number,
        'fact' as strength,
        fingerprint as details_fingerprint

    from fact_keys

)

select * from match_keys
