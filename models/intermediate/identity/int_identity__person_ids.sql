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

{# Every id ever given out is in the log of changes, and none is given out twice, whatever became of
   the run that gave it. #}
logged_ids as (

    select * from {{ ref('int_identity__former_changes') }}

),

former_ids as (

    select * from {{ ref('int_identity__former_ids') }}

),

allocated_ids as (

    select max({{ person_number('person_id') }}) as person_number from logged_ids

    union all

    select max(person_number) as person_number from former_records

),

greatest_id as (

    select coalesce(max(person_number), 0) as person_number from allocated_ids

),

new_members as (

    select record_groups.*

    from record_groups

    left outer join former_ids
        on record_groups.group_node = former_ids.group_node

    where former_ids.group_node is null

),

new_groups as (

    select
        new_members.group_node,
        row_number() over (order by min(source_records.record_key) asc nulls last)
            as rank_among_new

    from new_members

    inner join source_records
        on new_members.node = source_records.node

    group by 1

),

numbered_groups as (

    select * from former_ids

    union all

    select
        new_groups.group_node,
        greatest_id.person_number + new_groups.rank_among_new as person_number,
        true as is_new

    from new_groups

    cross join greatest_id

),

person_ids as (

    select
        group_node,
        person_number,
        {{ person_id('person_number') }} as person_id,

        is_new

    from numbered_groups

)

select * from person_ids
