with

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

    where group_node is not null

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

{#
    Only records vote: each former person goes where most of its own records went, those that were
    never anybody else's; where it has none, most of all its records. Otherwise the oldest of those
    who were one by mistake would go with the majority, and its own records had to be someone new.
#}
votes as (

    select
        former_records.person_id,
        record_groups.group_node,

        count(
            case when former_records.first_person_id = former_records.person_id then 1 end
        ) as own_vote_count,
        count(*) as vote_count,
        min(record_groups.record_key) as first_record_key

    from former_records

    inner join record_groups
        on former_records.node = record_groups.node

    group by 1, 2

),

ranked_votes as (

    select
        *,
        row_number() over (
            partition by person_id
            order by
                own_vote_count desc nulls last,
                vote_count desc nulls last,
                first_record_key asc nulls last
        ) as claim_rank

    from votes

),

{# Ids are given out in order, so the least is the oldest, and the oldest wins a merge. #}
kept_ids as (

    select
        group_node,

        min(person_id) as person_id,
        max(own_vote_count) as own_vote_count

    from ranked_votes

    where claim_rank = 1

    group by 1

)

select * from kept_ids
