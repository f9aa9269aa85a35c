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

former_people as (

    select distinct person_number from former_records

),

{# Who kept the id and who is new to it needs no more than the ids themselves. #}
gone_people as (

    select former_people.person_number

    from former_people

    left outer join person_ids
        on former_people.person_number = person_ids.person_number

    where person_ids.person_number is null

),

moves as (

    select
        former_records.person_number as former_person_number,
        person_ids.person_number,

        count(*) as record_count

    from former_records

    inner join record_groups
        on former_records.node = record_groups.node

    inner join person_ids
        on record_groups.group_node = person_ids.group_node

    left outer join gone_people
        on former_records.person_number = gone_people.person_number

    where person_ids.is_new or gone_people.person_number is not null

    group by 1, 2

),

{# Where the records of a new person came from, and where those of a former person went. #}
ranked_moves as (

    select
        *,
        row_number() over (
            partition by person_number
            order by record_count desc nulls last, former_person_number asc nulls last
        ) as origin_rank,
        row_number() over (
            partition by former_person_number
            order by record_count desc nulls last, person_number asc nulls last
        ) as destination_rank

    from moves

),

appeared as (

    select
        case when ranked_moves.person_number is null then 'created' else 'split' end as change,
        person_ids.person_number,
        ranked_moves.former_person_number as other_person_number,
        case
            when ranked_moves.person_number is null then 'records of nobody known before'
            else 'its records no longer hold together with the others'
        end as reason

    from person_ids

    left outer join ranked_moves
        on person_ids.person_number = ranked_moves.person_number
        and ranked_moves.origin_rank = 1

    where person_ids.is_new

),

{# Where most of its records went; who has none left is erased. #}
disappeared as (

    select
        case when ranked_moves.person_number is null then 'erased' else 'merged' end as change,
        gone_people.person_number,
        ranked_moves.person_number as other_person_number,
        case
            when ranked_moves.person_number is null then 'none of its records is left'
            else 'evidence joins its records with those of an older id'
        end as reason

    from gone_people

    left outer join ranked_moves
        on gone_people.person_number = ranked_moves.former_person_number
        and ranked_moves.destination_rank = 1

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
        all_changes.reason,
        current_run.run_at as changed_at

    from all_changes

    cross join current_run

)

select * from changes
