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

logged_runs as (

    select distinct run_id from logged_changes

),

newest_run as (

    select max(cast({{ dbt.split_part('run_id', "'-'", 2) }} as bigint)) as run_number

    from logged_runs

),

former_people as (

    select distinct person_number from former_records

),

{#
    The log is written before the records, so the newest run in it may have been killed in between:
    then whom it created or split off is not there, and whom it merged or erased still is. What
    older runs noted was looked at when a newer one came.
#}
former_changes as (

    select
        numbered_changes.change_id,
        numbered_changes.change,
        numbered_changes.person_id,

        true as is_valid

    from numbered_changes

    inner join newest_run
        on numbered_changes.run_number < newest_run.run_number

    union all

    select
        numbered_changes.change_id,
        numbered_changes.change,
        numbered_changes.person_id,

        (numbered_changes.change in ('created', 'split'))
        = (former_people.person_number is not null) as is_valid

    from numbered_changes

    inner join newest_run
        on numbered_changes.run_number = newest_run.run_number

    left outer join former_people
        on {{ person_number('numbered_changes.person_id') }} = former_people.person_number

)

select * from former_changes
