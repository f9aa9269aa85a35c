with

logged_changes as (

    {{ previous_rows('identity_changes', {
        'change_id': 'text', 'run_id': 'text', 'change': 'text', 'person_id': 'text',
        'other_person_id': 'text', 'reason': 'text', 'changed_at': 'timestamp'
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

latest_run as (

    select max(cast({{ dbt.split_part('assigned_run_id', "'-'", 2) }} as bigint)) as run_number

    from former_records

),

former_people as (

    select distinct person_id from former_records

),

{#
    The log is written before the records: of a run that was killed in between, nothing holds. Who
    is created, merged or split has records assigned in that run; who is erased has none left.
#}
former_changes as (

    select
        numbered_changes.change_id,
        numbered_changes.run_id,
        numbered_changes.change,
        numbered_changes.person_id,
        numbered_changes.other_person_id,
        numbered_changes.reason,
        numbered_changes.changed_at

    from numbered_changes

    cross join latest_run

    left outer join former_people
        on numbered_changes.person_id = former_people.person_id

    where
        numbered_changes.run_number <= latest_run.run_number
        or (numbered_changes.change = 'erased' and former_people.person_id is null)

)

select * from former_changes
