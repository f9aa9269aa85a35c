with

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

    where group_node is not null

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

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
        former_records.person_number,
        record_groups.group_node,

        count(
            case
                when former_records.first_person_number = former_records.person_number then 1
            end
        ) as own_vote_count,
        count(*) as vote_count

    from former_records

    inner join record_groups
        on former_records.node = record_groups.node

    group by 1, 2

),

torn_people as (

    select person_number

    from votes

    group by 1

    having count(*) > 1

),

{# Of equal votes those decide that come first; few people are torn, and texts are dear. #}
first_votes as (

    select
        torn_people.person_number,
        record_groups.group_node,

        min(source_records.record_key) as first_record_key

    from former_records

    inner join torn_people
        on former_records.person_number = torn_people.person_number

    inner join record_groups
        on former_records.node = record_groups.node

    inner join source_records
        on former_records.node = source_records.node

    group by 1, 2

),

ranked_votes as (

    select
        votes.*,
        row_number() over (
            partition by votes.person_number
            order by
                votes.own_vote_count desc nulls last,
                votes.vote_count desc nulls last,
                first_votes.first_record_key asc nulls last
        ) as claim_rank

    from votes

    left outer join first_votes
        on votes.person_number = first_votes.person_number
        and votes.group_node = first_votes.group_node

),

{# Ids are given out in order, so the least is the oldest, and the oldest wins a merge. #}
kept_ids as (

    select
        group_node,

        min(person_number) as person_number,
        max(own_vote_count) as own_vote_count

    from ranked_votes

    where claim_rank = 1

    group by 1

)

select * from kept_ids
