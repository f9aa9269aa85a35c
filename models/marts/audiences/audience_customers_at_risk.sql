with

orders as (

    select * from {{ ref('orders') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# Two receipts of one day are one visit to the shop, not an interval of hours. #}
purchase_days as (

    select distinct
        orders.person_id,

        cast(orders.ordered_at as date) as purchase_date,
        cast(current_run.run_at as date) as run_date

    from orders

    cross join current_run

    where
        orders.person_id is not null
        and orders.kind = 'sale'
        and not orders.is_cancelled
        and not orders.is_refunded
        and orders.ordered_at <= current_run.run_at

),

rhythms as (

    select
        person_id,

        count(*) - 1 as interval_count,

        min(purchase_date) as first_purchase_date,
        max(purchase_date) as last_purchase_date,
        max(run_date) as run_date

    from purchase_days

    group by 1

),

{# Two intervals at least, since one is no habit. Multiplied out, so that no quotient is rounded. #}
{% set silent_days = dbt.datediff('last_purchase_date', 'run_date', 'day') %}
{% set active_days = dbt.datediff('first_purchase_date', 'last_purchase_date', 'day') %}
customers_at_risk as (

    select person_id

    from rhythms

    where
        interval_count >= 2
        and {{ silent_days }} * interval_count > 2 * {{ active_days }}

)

select * from customers_at_risk
