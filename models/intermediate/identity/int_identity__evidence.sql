{{ config(materialized='view') }}

with

record_evidence as (

    select * from {{ ref('int_identity__record_evidence') }}

),

visitor_evidence as (

    select * from {{ ref('int_identity__visitor_evidence') }}

),

rejected_evidence as (

    select * from {{ ref('int_identity__rejected_evidence') }}

),

all_evidence as (

    select
        left_key,
        right_key,
        source_name,
        record_type,
        record_id,
        rule,
        identifier_id,
        unused_reason,
        is_used,
        seen_at

    from record_evidence

    union all

    select
        left_key,
        right_key,
        source_name,
        record_type,
        record_id,
        rule,
        identifier_id,
        unused_reason,
        is_used,
        seen_at

    from visitor_evidence

    union all

    select
        left_key,
        right_key,
        source_name,
        record_type,
        record_id,
        rule,
        identifier_id,
        unused_reason,
        is_used,
        seen_at

    from rejected_evidence

),

evidence as (

    select
        {{ dbt.hash("left_key || '|' || right_key || '|' || rule || '|'"
            ~ " || coalesce(identifier_id, '')") }} as link_id,
        left_key,
        right_key,
        rule,
        identifier_id,
        source_name,
        record_type,
        record_id,
        unused_reason,

        is_used,

        seen_at

    from all_evidence

)

select * from evidence
