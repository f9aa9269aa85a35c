with

cookies as (

    select * from {{ ref('int_identity__source_records') }}

    where record_type = 'cookie'

),

cookie_logins as (

    select * from {{ ref('int_identity__cookie_logins') }}

),

counted_owners as (

    select
        node,

        count(*) as owner_count,
        min(group_node) as group_node

    from cookie_logins

    group by 1

),

{# One owner: theirs. Several: shared, so nobody's. None: still to be found through devices. #}
owned_cookies as (

    select
        cookies.node,
        cookies.record_key,
        coalesce(counted_owners.owner_count, 0) as owner_count,
        case when counted_owners.owner_count = 1 then counted_owners.group_node end
            as owner_node

    from cookies

    left outer join counted_owners
        on cookies.node = counted_owners.node

)

select * from owned_cookies
