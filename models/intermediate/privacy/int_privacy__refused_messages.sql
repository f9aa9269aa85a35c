with

message_events as (

    select * from {{ ref('stg_messages__events') }}

),

addressed_events as (

    select
        message_event_id,
        user_id as account_id,
        lower(event) as event_name,
        coalesce(
            lower(channel),
            case when phone is not null and email is null then 'sms' else 'email' end
        ) as channel,
        email,
        email_as_given,
        phone,
        phone_as_given,
        coalesce(email, phone, user_id) as address,

        occurred_at

    from message_events

),

last_arrivals as (

    select
        channel,
        address,

        max(occurred_at) as arrived_at

    from addressed_events

    where event_name in ('delivered', 'opened', 'clicked')

    group by 1, 2

),

{# An address that took a later message is alive again. #}
refused_messages as (

    select
        addressed_events.message_event_id,
        addressed_events.account_id,
        addressed_events.event_name as reason,
        addressed_events.channel,
        addressed_events.email,
        addressed_events.email_as_given,
        addressed_events.phone,
        addressed_events.phone_as_given,
        coalesce(addressed_events.email, addressed_events.phone) as address,

        addressed_events.occurred_at as refused_at

    from addressed_events

    left outer join last_arrivals
        on addressed_events.channel = last_arrivals.channel
        and addressed_events.address = last_arrivals.address

    where
        addressed_events.event_name in ('unsubscribed', 'complained')
        or (
            addressed_events.event_name = 'bounced'
            and (
                last_arrivals.arrived_at is null
                or addressed_events.occurred_at >= last_arrivals.arrived_at
            )
        )

)

select * from refused_messages
