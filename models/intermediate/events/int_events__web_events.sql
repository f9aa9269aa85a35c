with

web_events as (

    select * from {{ ref('stg_web__events') }}

),

attributed as (

    select * from {{ ref('int_events__attributed') }}

),

described_events as (

    select
        web_events.event_id,
        attributed.person_id,
        attributed.session_id,
        web_events.anonymous_id,
        web_events.order_id,
        web_events.product_id,

        'web' as source_name,
        web_events.event_name,
        attributed.attribution,
        'web' as channel,
        web_events.utm_campaign as campaign,
        web_events.platform,
        web_events.page_url,
        web_events.referrer,
        web_events.search_query,
        web_events.currency,

        web_events.quantity,
        web_events.amount,

        web_events.occurred_at

    from web_events

    inner join attributed
        on web_events.event_id = attributed.event_id

)

select * from described_events
