with

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

),

person_ids as (

    select * from {{ ref('int_identity__person_ids') }}

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
        person_ids.person_id,
        coalesce(former_records.first_person_id, person_ids.person_id) as first_person_id,
        case
            when former_records.person_id = person_ids.person_id
                then coalesce(former_records.assigned_run_id, current_run.run_id)
            when person_ids.person_id is not null then current_run.run_id
        end as assigned_run_id,

        source_records.is_mentioned_only,

        source_records.first_seen_at,
        source_records.last_seen_at

    from source_records

    inner join record_groups
        on source_records.node = record_groups.node

    left outer join person_ids
        on record_groups.group_node = person_ids.group_node

    left outer join former_records
        on source_records.node = former_records.node

    cross join current_run

)

select * from person_records
