{# Compiled from audiences/window_shoppers.yml;
   change that file and run `onefold audience compile`. #}
-- noqa: disable=LT05
with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

events as (

    select * from {{ ref('events') }}

),

orders as (

    select * from {{ ref('orders') }}

),

audience_abandoned_carts as (

    select * from {{ ref('audience_abandoned_carts') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

moments as (

    select
        run_at,
        {{ dbt.dateadd('day', -14, 'run_at') }} as days_ago_14,
        {{ dbt.dateadd('day', -30, 'run_at') }} as days_ago_30

    from current_run

),

matches_1 as (

    select
        events.person_id,

        count(*) as match_count

    from events

    cross join moments

    where
        events.person_id is not null
        and events.occurred_at <= moments.run_at
        and events.occurred_at > moments.days_ago_14
        and events.event_name = 'product_view'

    group by 1

),

matches_2 as (

    select
        orders.person_id,

        count(*) as match_count

    from orders

    cross join moments

    where
        orders.person_id is not null
        and orders.ordered_at <= moments.run_at
        and orders.ordered_at > moments.days_ago_30
        and orders.kind = 'sale'
        and not orders.is_cancelled
        and not orders.is_refunded

    group by 1

),

selected_people as (

    select single_customer_view.person_id

    from single_customer_view

    left outer join matches_1
        on single_customer_view.person_id = matches_1.person_id

    left outer join matches_2
        on single_customer_view.person_id = matches_2.person_id

    left outer join audience_abandoned_carts
        on single_customer_view.person_id = audience_abandoned_carts.person_id

    where
        coalesce(matches_1.match_count, 0) >= 3
        and not (coalesce(matches_2.match_count, 0) >= 1)
        and not (audience_abandoned_carts.person_id is not null)

)

select * from selected_people
