with

web_events as (

    select * from {{ ref('stg_web__events') }}

),

{# Millions of hits say the same few things about who is who: each is kept once. #}
web_visitors as (

    select
        anonymous_id,
        user_id,
        device_id,
        email,
        phone,

        max({{ delivery_email('email_as_given') }}) as delivery_email,

        count(*) as event_count,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at

    from web_events

    group by 1, 2, 3, 4, 5

)

select * from web_visitors
