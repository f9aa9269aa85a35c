{{ config(materialized='view') }}

with

logged_changes as (

    {{ previous_rows('identity_changes', {
        'change_id': 'text', 'run_id': 'text', 'change': 'text', 'person_id': 'text'
    }) }}

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

numbered_changes as (

    select
        *,
        cast({{ dbt.split_part('run_id', "'-'", 2) }} as bigint) as run_number

    from logged_changes

),

assigned_runs as (

    select distinct assigned_run_id from former_records

),

latest_run as (

    select max(cast({{ dbt.split_part('assigned_run_id', "'-'", 2) }} as bigint)) as run_number

    from assigned_runs

),

former_people as (

    select distinct person_number from former_records

),

{#
    The log is written before the records: of a run that was killed in between, nothing holds. Who
    is created, merged or split has records assigned in that run; who is erased has none left.
#}
former_changes as (

    select
        numbered_changes.change_id,
        numbered_changes.change,
        numbered_changes.person_id,

        true as is_valid

    from numbered_changes

    inner join latest_run
        on numbered_changes.run_number <= latest_run.run_number

    union all

    select
        numbered_changes.change_id,
        numbered_changes.change,
        numbered_changes.person_id,

        numbered_changes.change = 'erased' and former_people.person_number is null as is_valid

    from numbered_changes

    inner join latest_run
        on
            latest_run.run_number is null
            or numbered_changes.run_number > latest_run.run_number

    left outer join former_people
        on {{ person_number('numbered_changes.person_id') }} = former_people.person_number

)

select * from former_changes
