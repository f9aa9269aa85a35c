with

logged_changes as (

    {{ previous_rows('identity_changes', {
        'change_id': 'text', 'run_id': 'text', 'change': 'text', 'person_id': 'text',
        'other_person_id': 'text', 'reason': 'text', 'changed_at': 'timestamp'
    }) }}

),

former_records as (

    {{ previous_rows('person_records', {'run_id': 'text'}) }}

),

numbered_changes as (

    select
        *,
        cast({{ dbt.split_part('run_id', "'-'", 2) }} as bigint) as run_number

    from logged_changes

),

latest_run as (

    select max(cast({{ dbt.split_part('run_id', "'-'", 2) }} as bigint)) as run_number

    from former_records

),

{# The log is written before the records: of a run that was killed in between, nothing holds. #}
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

    inner join latest_run
        on numbered_changes.run_number <= latest_run.run_number

)

select * from former_changes
