{# The log of changes compares with the records as they were: it has to be written before. #}
-- depends_on: {{ ref('identity_changes') }}

with

person_records as (

    select
        record_key,
        source_name,
        record_type,
        record_id,
        person_id,
        first_person_id,
        assigned_run_id,

        is_mentioned_only,

        first_seen_at,
        last_seen_at

    from {{ ref('int_identity__person_records') }}

)

select * from person_records
