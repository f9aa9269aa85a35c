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

kept_ids as (

    select * from {{ ref('int_identity__kept_ids') }}

),

returned_ids as (

    select * from {{ ref('int_identity__returned_ids') }}

),

allocated_ids as (

    select person_id from logged_ids

    union distinct

    select person_id from former_records

),

greatest_id as (

    select coalesce(max(cast(substring(person_id, 2) as bigint)), 0) as greatest_number

    from allocated_ids

),

{# Who gets a former id back gives up the one made in the meantime. #}
former_ids as (

    select
        group_node,
        person_id,
        true as is_new

    from returned_ids

    union all

    select
        kept_ids.group_node,
        kept_ids.person_id,
        false as is_new

    from kept_ids

    left outer join returned_ids
        on kept_ids.group_node = returned_ids.group_node

    where returned_ids.group_node is null

),

new_groups as (

    select
        record_groups.group_node,
        row_number() over (order by min(record_groups.record_key) asc nulls last)
            as rank_among_new

    from record_groups

    left outer join former_ids
        on record_groups.group_node = former_ids.group_node

    where former_ids.group_node is null

    group by 1

),

person_ids as (

    select * from former_ids

    union all

    select
        new_groups.group_node,
        {{ person_id('greatest_id.greatest_number + new_groups.rank_among_new') }} as person_id,
        true as is_new

    from new_groups

    cross join greatest_id

)

select * from person_ids
