{{ config(
    materialized='incremental',
    on_schema_change='append_new_columns',
    pre_hook="{{ keep_unchanged(ref('int_identity__person_records'), ['node']) }}"
) }}
{# The log of changes compares with the records as they were: it has to be written before. #}
-- depends_on: {{ ref('identity_changes') }}

with

person_records as (

    select
        person_records.record_key,
        person_records.source_name,
        person_records.record_type,
        person_records.record_id,
        person_records.person_id,
        person_records.first_person_id,
        person_records.assigned_run_id,

        person_records.is_mentioned_only,

        person_records.first_seen_at,
        person_records.last_seen_at,
        person_records.fingerprint

    from {{ ref('int_identity__person_records') }} as person_records

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on person_records.node = changed_units.node
    {% endif %}

)

select * from person_records
