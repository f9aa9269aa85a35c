with

cookie_logins as (

    select * from {{ ref('int_identity__cookie_logins') }}

),

cookies as (

    select * from {{ ref('int_identity__cookies') }}

),

visitor_edges as (

    select * from {{ ref('int_identity__visitor_edges') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

),

all_edges as (

    select
        cookie_logins.holder_node as left_node,
        cookie_logins.node as right_node,
        'seen_on_cookie' as rule,
        cookie_logins.identifier_type || ':' || cookie_logins.identifier_value as identifier_id,
        cookie_logins.first_seen_at as seen_at,
        case when cookies.owner_count > 1 then 'shared: several people used this cookie' end
            as unused_reason

    from cookie_logins

    inner join cookies
        on cookie_logins.node = cookies.node

    union all

    select
        first_node as left_node,
        node as right_node,
        'seen_on_both_cookies' as rule,
        identifier_type || ':' || identifier_value as identifier_id,
        first_seen_at as seen_at,
        case when is_contested then 'shared: several people used this device' end
            as unused_reason

    from visitor_edges

),

visitor_evidence as (

    select
        left_record.record_key as left_key,
        right_record.record_key as right_key,
        right_record.source_name,
        right_record.record_type,
        right_record.record_id,
        all_edges.rule,
        all_edges.identifier_id,
        case
            when left_group.group_node = right_group.group_node then null
            else coalesce(
                all_edges.unused_reason,
                'ambiguous: it leads from one person to another'
            )
        end as unused_reason,
        coalesce(left_group.group_node = right_group.group_node, false) as is_used,
        all_edges.seen_at

    from all_edges

    inner join source_records as left_record
        on all_edges.left_node = left_record.node

    inner join source_records as right_record
        on all_edges.right_node = right_record.node

    inner join record_groups as left_group
        on all_edges.left_node = left_group.node

    inner join record_groups as right_group
        on all_edges.right_node = right_group.node

)

select * from visitor_evidence
