with

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

moves as (

    select
        former_records.person_id as former_person_id,
        person_ids.person_id,
        person_ids.is_new,

        count(*) as record_count

    from former_records

    inner join record_groups
        on former_records.node = record_groups.node

    inner join person_ids
        on record_groups.group_node = person_ids.group_node

    group by 1, 2, 3

),

{# Where the records of a new person came from, and where those of a former person went. #}
ranked_moves as (

    select
        *,
        row_number() over (
            partition by person_id
            order by record_count desc nulls last, former_person_id asc nulls last
        ) as origin_rank,
        row_number() over (
            partition by former_person_id
            order by record_count desc nulls last, person_id asc nulls last
        ) as destination_rank,
        max(case when person_id = former_person_id then 1 else 0 end)
            over (partition by former_person_id) as is_still_there

    from moves

),

appeared as (

    select
        case when ranked_moves.person_id is null then 'created' else 'split' end as change,
        person_ids.person_id,
        ranked_moves.former_person_id as other_person_id,
        case
            when ranked_moves.person_id is null then 'records of nobody known before'
            else 'its records no longer hold together with the others'
        end as reason

    from person_ids

    left outer join ranked_moves
        on person_ids.person_id = ranked_moves.person_id
        and ranked_moves.origin_rank = 1

    where person_ids.is_new

),

merged as (

    select
        'merged' as change,
        former_person_id as person_id,
        person_id as other_person_id,
        'evidence joins its records with those of an older id' as reason

    from ranked_moves

    where destination_rank = 1 and is_still_there = 0

),

former_people as (

    select distinct person_id from former_records

),

erased as (

    select
        'erased' as change,
        former_people.person_id,
        cast(null as {{ dbt.type_string() }}) as other_person_id,
        'none of its records is left' as reason

    from former_people

    left outer join moves
        on former_people.person_id = moves.former_person_id

    where moves.former_person_id is null

),

all_changes as (

    select * from appeared

    union all

    select * from merged

    union all

    select * from erased

),

changes as (

    select
        current_run.run_id || ':' || all_changes.change || ':' || all_changes.person_id
            as change_id,
        current_run.run_id,
        all_changes.change,
        all_changes.person_id,
        all_changes.other_person_id,
        all_changes.reason,
        current_run.run_at as changed_at

    from all_changes

    cross join current_run

)

select * from changes
