with

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

    where group_node is not null

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

{# Every id ever given out is in the log of changes, and none is given out twice. #}
logged_ids as (

    select * from {{ ref('int_identity__former_changes') }}

),

allocated_ids as (

    select person_id from logged_ids

    union distinct

    select person_id from former_records

),

current_groups as (

    select
        group_node,

        min(record_key) as first_record_key

    from record_groups

    group by 1

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
        on former_records.record_key = record_groups.record_key

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

),

merged_ids as (

    select person_id

    from logged_ids

    where change = 'merged'

    except

    select person_id

    from logged_ids

    where change = 'erased'

),

{#
    Who was merged away and comes apart again gets the former id back, from the record's first; if
    need be from who was made in the meantime of nothing but others' records.
#}
returning_votes as (

    select
        former_records.first_person_id as person_id,
        record_groups.group_node,

        count(*) as vote_count,
        min(record_groups.record_key) as first_record_key

    from former_records

    inner join record_groups
        on former_records.record_key = record_groups.record_key

    inner join merged_ids
        on former_records.first_person_id = merged_ids.person_id

    left outer join kept_ids as kept_groups
        on record_groups.group_node = kept_groups.group_node

    left outer join kept_ids as ids_in_use
        on former_records.first_person_id = ids_in_use.person_id

    where
        former_records.first_person_id <> former_records.person_id
        and coalesce(kept_groups.own_vote_count, 0) = 0
        and ids_in_use.person_id is null

    group by 1, 2

),

ranked_returns as (

    select
        *,
        row_number() over (
            partition by person_id
            order by vote_count desc nulls last, first_record_key asc nulls last
        ) as claim_rank

    from returning_votes

),

returned_ids as (

    select
        group_node,

        min(person_id) as person_id

    from ranked_returns

    where claim_rank = 1

    group by 1

),

greatest_id as (

    select coalesce(max(cast(substring(person_id, 2) as bigint)), 0) as greatest_number

    from allocated_ids

),

new_groups as (

    select
        current_groups.group_node,
        row_number() over (
            order by current_groups.first_record_key asc nulls last
        ) as rank_among_new

    from current_groups

    left outer join kept_ids
        on current_groups.group_node = kept_ids.group_node

    left outer join returned_ids
        on current_groups.group_node = returned_ids.group_node

    where kept_ids.group_node is null and returned_ids.group_node is null

),

new_ids as (

    select
        new_groups.group_node,
        'p' || lpad(
            cast(
                greatest_id.greatest_number + new_groups.rank_among_new
                as {{ dbt.type_string() }}
            ), 12, '0'
        ) as person_id

    from new_groups

    cross join greatest_id

),

person_ids as (

    select
        kept_ids.group_node,
        kept_ids.person_id,
        false as is_new

    from kept_ids

    left outer join returned_ids
        on kept_ids.group_node = returned_ids.group_node

    where returned_ids.group_node is null

    union all

    select
        group_node,
        person_id,
        true as is_new

    from returned_ids

    union all

    select
        group_node,
        person_id,
        true as is_new

    from new_ids

)

select * from person_ids
