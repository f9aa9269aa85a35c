with

person_ids as (

    select * from {{ ref('int_identity__person_ids') }}

),

moves as (

    select * from {{ ref('int_identity__moves') }}

),

decided_people as (

    select * from {{ ref('int_identity__decided_people') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

appeared as (

    select
        case when moves.person_number is null then 'created' else 'split' end as change,
        person_ids.person_number,
        moves.former_person_number as other_person_number,
        moves.former_person_number,
        case
            when moves.person_number is null then 'records of nobody known before'
            else 'its records no longer hold together with the others'
        end as reason

    from person_ids

    left outer join moves
        on person_ids.person_number = moves.person_number
        and moves.origin_rank = 1

    where person_ids.is_new

),

{# Where most of its records went; who has none left is erased. #}
disappeared as (

    select
        case when person_number is null then 'erased' else 'merged' end as change,
        former_person_number as person_number,
        person_number as other_person_number,
        former_person_number,
        case
            when person_number is null then 'none of its records is left'
            else 'evidence joins its records with those of an older id'
        end as reason

    from moves

    where is_gone and destination_rank = 1

),

all_changes as (

    select * from appeared

    union all

    select * from disappeared

),

changes as (

    select
        current_run.run_id || ':' || all_changes.change || ':'
        || {{ person_id('all_changes.person_number') }} as change_id,
        current_run.run_id,
        all_changes.change,
        {{ person_id('all_changes.person_number') }} as person_id,
        {{ person_id('all_changes.other_person_number') }} as other_person_id,
        coalesce(decided_people.reason, all_changes.reason) as reason,
        current_run.run_at as changed_at

    from all_changes

    cross join current_run

    left outer join decided_people
        on all_changes.change = decided_people.change
        and all_changes.former_person_number = decided_people.person_number

)

select * from changes
