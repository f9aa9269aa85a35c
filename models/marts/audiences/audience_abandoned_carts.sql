with

events as (

    select * from {{ ref('events') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

past_events as (

    select events.*

    from events

    inner join current_run
        on events.occurred_at <= current_run.run_at

),

{# A cancelled order ends a cart as well: whoever called it off wants no reminder. #}
cart_activity as (

    select
        person_id,

        max(case when event_name in ('add_to_cart', 'begin_checkout') then occurred_at end)
            as last_cart_at,
        max(case when event_name in ('purchase', 'cancelled_purchase') then occurred_at end)
            as last_purchase_at

    from past_events

    where person_id is not null

    group by 1

),

abandoned_carts as (

    select cart_activity.person_id

    from cart_activity

    cross join current_run

    where
        cart_activity.last_cart_at
        between {{ dbt.dateadd('day', -7, 'current_run.run_at') }}
        and {{ dbt.dateadd('hour', -1, 'current_run.run_at') }}
        and (
            cart_activity.last_purchase_at is null
            or cart_activity.last_purchase_at < cart_activity.last_cart_at
        )

)

select * from abandoned_carts
