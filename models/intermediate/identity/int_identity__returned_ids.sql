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

logged_ids as (

    select * from {{ ref('int_identity__former_changes') }}

    where is_valid

),

kept_ids as (

    select * from {{ ref('int_identity__kept_ids') }}

),

merged_ids as (

    select {{ person_number('person_id') }} as person_number

    from logged_ids

    where change in ('merged', 'erased')

    group by 1

    having count(case when change = 'erased' then 1 end) = 0

),

{#
    Who was merged away and comes apart again gets the former id back, from the record's first; if
    need be from who was made in the meantime of nothing but others' records.
#}
returning_votes as (

    select
        former_records.first_person_number as person_number,
        record_groups.group_node,

        count(*) as vote_count,
        min(source_records.record_key) as first_record_key

    from former_records

    inner join record_groups
        on former_records.node = record_groups.node

    inner join source_records
        on former_records.node = source_records.node

    inner join merged_ids
        on former_records.first_person_number = merged_ids.person_number

    left outer join kept_ids as kept_groups
        on record_groups.group_node = kept_groups.group_node

    left outer join kept_ids as ids_in_use
        on former_records.first_person_number = ids_in_use.person_number

    where
        former_records.first_person_number <> former_records.person_number
        and coalesce(kept_groups.own_vote_count, 0) = 0
        and ids_in_use.person_number is null

    group by 1, 2

),

ranked_returns as (

    select
        *,
        row_number() over (
            partition by person_number
            order by vote_count desc nulls last, first_record_key asc nulls last
        ) as claim_rank

    from returning_votes

),

returned_ids as (

    select
        group_node,

        min(person_number) as person_number

    from ranked_returns

    where claim_rank = 1

    group by 1

)

select * from returned_ids
