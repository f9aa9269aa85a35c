with

former_changes as (

    {{ previous_rows('identity_changes', {
        'change_id': 'text', 'run_id': 'text', 'change': 'text', 'person_id': 'text',
        'other_person_id': 'text', 'reason': 'text', 'changed_at': 'timestamp'
    }) }}

),

changes as (

    select * from {{ ref('int_identity__changes') }}

),

{# The log only grows; a run that is repeated writes its own lines anew. #}
kept_changes as (

    select former_changes.*

    from former_changes

    left outer join changes
        on former_changes.change_id = changes.change_id

    where changes.change_id is null

),

identity_changes as (

    select * from kept_changes

    union all

    select
        change_id,
        run_id,
        change,
        person_id,
        other_person_id,
        reason,
        changed_at

    from changes

)

select * from identity_changes
