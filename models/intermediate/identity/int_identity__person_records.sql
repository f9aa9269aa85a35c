{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__person_records_units'), ['node', 'person_number', 'person_id']) }}"
) }}

with

units as (

    select *

    from {{ changed_units() if is_incremental() else ref('int_identity__person_records_units') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

person_records as (

    select
        source_records.node,
        source_records.record_key,
        source_records.source_name,
        source_records.record_type,
        source_records.record_id,
        units.person_number,
        units.person_id,
        coalesce({{ person_id('former_records.first_person_number') }}, units.person_id)
            as first_person_id,
        case
            when former_records.person_number = units.person_number
                then coalesce(former_records.assigned_run_id, current_run.run_id)
            when units.person_id is not null then current_run.run_id
        end as assigned_run_id,

        source_records.is_mentioned_only,

        source_records.first_seen_at,
        source_records.last_seen_at,
        units.fingerprint

    from source_records

    inner join units
        on source_records.node = units.node

    left outer join former_records
        on source_records.node = former_records.node

    cross join current_run

)

select * from person_records
