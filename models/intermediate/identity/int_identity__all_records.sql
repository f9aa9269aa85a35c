{{ config(materialized='view') }}

with

described_records as (

    select * from {{ ref('int_identity__described_records') }}

),

{# A CTE that is read twice is written out whole in between. #}
described_keys as (

    select record_key from {{ ref('int_identity__described_records') }}

),

contacting_records as (

    select * from {{ ref('int_identity__contacting_records') }}

),

mentioned_records as (

    select * from {{ ref('int_identity__mentioned_records') }}

),

junk_identifiers as (

    select * from {{ ref('int_identity__junk_identifiers') }}

),

{# "undefined" is nobody's login; one that its source describes, or has deleted, is known. #}
newly_mentioned_records as (

    select mentioned_records.*

    from mentioned_records

    left outer join described_keys
        on mentioned_records.record_key = described_keys.record_key

    left outer join junk_identifiers
        on mentioned_records.identifier_type = junk_identifiers.identifier_type
        and mentioned_records.record_id = junk_identifiers.identifier_value

    where
        described_keys.record_key is null
        and junk_identifiers.identifier_value is null

),

stacked_records as (

    select {{ source_record_columns() }}

    from described_records

    where deleted_at is null

    union all

    select {{ source_record_columns() }} from contacting_records

    union all

    select {{ source_record_columns() }} from newly_mentioned_records

),

{# What a record is for identity depends on nothing but this. #}
all_records as (

    select
        {{ source_record_columns(but=['fingerprint']) }},
        {{ mixed_fingerprint(['fingerprint', text_fingerprint(identity_version())]) }}
            as fingerprint

    from stacked_records

)

select * from all_records
