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

    {% for model in ['record_evidence', 'visitor_evidence', 'rejected_evidence'] %}
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

        from {{ model }}

        {{ 'union all' if not loop.last }}

    {% endfor %}
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
