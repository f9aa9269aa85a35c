with

rejected_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is not null

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

{# A value that links nobody stands at the record's other end in place of a record. #}
rejected_evidence as (

    select
        source_records.record_key as left_key,
        rejected_identifiers.identifier_type || ':' || rejected_identifiers.identifier_value
            as right_key,
        source_records.source_name,
        source_records.record_type,
        source_records.record_id,
        'shared_identifier' as rule,
        rejected_identifiers.identifier_type || ':' || rejected_identifiers.identifier_value
            as identifier_id,
        rejected_identifiers.rejection_reason as unused_reason,
        false as is_used,
        rejected_identifiers.first_seen_at as seen_at

    from rejected_identifiers

    inner join source_records
        on rejected_identifiers.node = source_records.node

)

select * from rejected_evidence
