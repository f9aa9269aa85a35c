with

web_events as (

    select * from {{ ref('int_events__web_events') }}

),

{# A visit with two logins belongs to neither of the two. #}
visits as (

    select
        session_id,
        case when count(distinct person_id) = 1 then min(person_id) end as person_id,

        count(*) as event_count,
        count(*) filter (where event_name = 'page_view') as page_view_count,

        count(*) filter (where event_name = 'purchase') > 0 as has_purchase,

        min(occurred_at) as started_at,
        max(occurred_at) as ended_at

    from web_events

    where session_id is not null

    group by 1

)

select * from visits
