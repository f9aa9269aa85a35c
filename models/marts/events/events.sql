with

web_events as (

    select * from {{ ref('int_events__web_events') }}

),

touchpoints as (

    select * from {{ ref('int_events__touchpoints') }}

),

orders as (

    select * from {{ ref('int_orders__attributed') }}

),

{# The web shop's own purchase event stays: it tells of the visit, the order tells of the money. #}
events as (

    select
        event_id,
        person_id,
        session_id,
        anonymous_id,
        order_id,
        product_id,

        source_name,
        event_name,
        attribution,
        channel,
        campaign,
        platform,
        page_url,
        referrer,
        search_query,
        currency,

        quantity,
        amount,

        occurred_at

    from web_events

    union all

    select
        event_id,
        person_id,
        null as session_id,
        null as anonymous_id,
        null as order_id,
        null as product_id,

        source_name,
        event_name,
        attribution,
        channel,
        campaign,
        null as platform,
        null as page_url,
        null as referrer,
        null as search_query,
        null as currency,

        null as quantity,
        null as amount,

        occurred_at

    from touchpoints

    union all

    select
        order_id as event_id,
        person_id,
        null as session_id,
        null as anonymous_id,
        order_id,
        null as product_id,

        source_name,
        event_name,
        attribution,
        case when source_name = 'pos' then 'store' else 'web' end as channel,
        null as campaign,
        null as platform,
        null as page_url,
        null as referrer,
        null as search_query,
        currency,

        null as quantity,
        amount,

        ordered_at as occurred_at

    from orders

)

select * from events
