{{ config(materialized='view') }}

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

{# Who is new to a person came in this run, and not in one that was killed before it was over. #}
{% set is_assigned_now %}
    person_ids.person_id is not null
    and (
        former_records.assigned_run_id is null
        or person_ids.person_id <> former_records.person_id
    )
{% endset %}
person_records_units as (

    select
        source_records.node,
        person_ids.person_id,
        {{ mixed_fingerprint([
            'source_records.fingerprint',
            'coalesce(cast(substring(person_ids.person_id, 2) as bigint), 0)',
            'coalesce(former_records.assignment_number, 0)',
            'case when ' ~ is_assigned_now ~ ' then ' ~ hashed_number('current_run.run_id')
            ~ ' else 0 end',
        ]) }} as fingerprint

    from source_records

    inner join record_groups
        on source_records.node = record_groups.node

    left outer join person_ids
        on record_groups.group_node = person_ids.group_node

    left outer join former_records
        on source_records.node = former_records.node

    cross join current_run

)

select * from person_records_units
