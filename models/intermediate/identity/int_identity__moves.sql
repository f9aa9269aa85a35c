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

{# Who kept the id and who is new to it needs no more than the ids themselves. #}
moves as (

    select
        former_records.person_number as former_person_number,
        person_ids.person_number,

        kept_ids.person_number is null as is_gone,

        count(*) as record_count

    from former_records

    left outer join record_groups
        on former_records.node = record_groups.node

    left outer join person_ids
        on record_groups.group_node = person_ids.group_node

    left outer join person_ids as kept_ids
        on former_records.person_number = kept_ids.person_number

    where kept_ids.person_number is null or person_ids.is_new

    group by 1, 2, 3

),

ranked_moves as (

    select
        former_person_number,
        person_number,

        is_gone,

        row_number() over (
            partition by person_number
            order by record_count desc nulls last, former_person_number asc nulls last
        ) as origin_rank,
        row_number() over (
            partition by former_person_number
            order by
                case when person_number is null then 1 else 0 end asc nulls last,
                record_count desc nulls last,
                person_number asc nulls last
        ) as destination_rank

    from moves

)

select * from ranked_moves
