with

events as (

    select * from {{ ref('events') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# A cancelled order ends a cart as well: whoever called it off wants no reminder. #}
cart_steps as (

    select
        events.person_id,

        events.event_name in ('purchase', 'cancelled_purchase') as is_end,

        events.occurred_at

    from events

    inner join current_run
        on events.occurred_at <= current_run.run_at

    where
        events.person_id is not null
        and events.event_name in (
            'add_to_cart', 'begin_checkout', 'purchase', 'cancelled_purchase'
        )

),

ordered_steps as (

    select
        person_id,

        is_end,
        lag(is_end) over (
            partition by person_id
            order by occurred_at asc nulls last, is_end asc nulls last
        ) as is_after_end,

        occurred_at,
        lag(occurred_at) over (
            partition by person_id
            order by occurred_at asc nulls last, is_end asc nulls last
        ) as former_step_at

    from cart_steps

),

{# A cart begins after a purchase, or when the one before has lain for more than seven days. #}
carts as (

    select
        person_id,

        max(
            case
                when
                    not is_end
                    and (
                        coalesce(is_after_end, true)
                        or former_step_at < {{ dbt.dateadd('day', -7, 'occurred_at') }}
                    )
                    then occurred_at
            end
        ) as cart_started_at,
        max(case when not is_end then occurred_at end) as last_cart_at,
        max(case when is_end then occurred_at end) as last_purchase_at

    from ordered_steps

    group by 1

),

abandoned_carts as (

    select
        carts.person_id,

        carts.cart_started_at

    from carts

    cross join current_run

    where
        carts.last_cart_at
        between {{ dbt.dateadd('day', -7, 'current_run.run_at') }}
        and {{ dbt.dateadd('hour', -1, 'current_run.run_at') }}
        and (
            carts.last_purchase_at is null
            or carts.last_purchase_at < carts.last_cart_at
        )

)

select * from abandoned_carts
