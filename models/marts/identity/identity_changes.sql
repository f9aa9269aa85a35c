with

former_changes as (

    select * from {{ ref('int_identity__former_changes') }}

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
