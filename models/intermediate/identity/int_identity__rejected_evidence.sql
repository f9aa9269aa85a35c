with

rejected_identifiers as (

    select
        node,
        identifier_type || ':' || identifier_value as identifier_id,
        rejection_reason,
        first_seen_at

    from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is not null

),

unreadable_contacts as (

    select
        {{ hashed_number('record_key') }} as node,
        identifier_type || ':' || identifier_value as identifier_id,
        rejection_reason,
        cast(null as timestamp) as first_seen_at

    from {{ ref('int_identity__unreadable_contacts') }}

),

rejected_values as (

    select * from rejected_identifiers

    union all

    select * from unreadable_contacts

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

{# A value that links nobody stands at the record's other end in place of a record. #}
rejected_evidence as (

    select
        source_records.record_key as left_key,
        rejected_values.identifier_id as right_key,
        source_records.source_name,
        source_records.record_type,
        source_records.record_id,
        'shared_identifier' as rule,
        rejected_values.identifier_id,
        rejected_values.rejection_reason as unused_reason,
        false as is_used,
        coalesce(rejected_values.first_seen_at, source_records.first_seen_at) as seen_at

    from rejected_values

    inner join source_records
        on rejected_values.node = source_records.node

)

select * from rejected_evidence
