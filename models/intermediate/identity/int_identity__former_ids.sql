with

kept_ids as (

    select * from {{ ref('int_identity__kept_ids') }}

),

returned_ids as (

    select * from {{ ref('int_identity__returned_ids') }}

),

{# Who gets a former id back gives up the one made in the meantime. #}
former_ids as (

    select
        group_node,
        person_number,
        true as is_new

    from returned_ids

    union all

    select
        kept_ids.group_node,
        kept_ids.person_number,
        false as is_new

    from kept_ids

    left outer join returned_ids
        on kept_ids.group_node = returned_ids.group_node

    where returned_ids.group_node is null

)

select * from former_ids
