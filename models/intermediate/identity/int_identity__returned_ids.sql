with

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

    where group_node is not null

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

logged_ids as (

    select * from {{ ref('int_identity__former_changes') }}

),

kept_ids as (

    select * from {{ ref('int_identity__kept_ids') }}

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
        on former_records.node = record_groups.node

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

)

select * from returned_ids
