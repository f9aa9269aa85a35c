with

orders as (

    select * from {{ ref('int_orders__attributed') }}

),

{# A cancelled or refunded order earned nothing, whatever amount stays on it; a date to come is a
   clock that runs ahead or a mistyped year, and would keep its buyer recent for ever. #}
kept_orders as (

    select * from orders

    where
        person_id is not null
        and not is_cancelled
        and not is_refunded
        and not is_in_the_future

),

totals as (

    select
        person_id,
        case when count(distinct currency) = 1 then min(currency) end as currency,

        count(*) filter (where kind = 'sale') as order_count,
        count(*) filter (where kind = 'sale' and source_name = 'pos') as pos_order_count,
        count(*) filter (where kind = 'sale' and source_name = 'shop') as shop_order_count,
        count(*) filter (where kind = 'return') as return_count,
        sum(amount) as revenue,
        sum(case when source_name = 'pos' then amount else 0 end) as pos_revenue,
        sum(case when source_name = 'shop' then amount else 0 end) as shop_revenue,

        min(case when kind = 'sale' then ordered_at end) as first_purchase_at,
        max(case when kind = 'sale' then ordered_at end) as last_purchase_at

    from kept_orders

    group by 1

),

{# Fifths of the buyers, 5 the best; equal buyers are parted by key so that builds agree. Money is
   compared within a currency, and of those who paid in several or none among themselves. #}
scores as (

    select
        person_id,

        ntile(5) over (
            order by last_purchase_at asc nulls last, person_id asc nulls last
        ) as rfm_recency_score,
        ntile(5) over (
            order by order_count asc nulls last, person_id asc nulls last
        ) as rfm_frequency_score,
        ntile(5) over (
            partition by currency
            order by revenue asc nulls last, person_id asc nulls last
        ) as rfm_monetary_score

    from totals

    where order_count > 0

),

purchases as (

    select
        totals.person_id,
        totals.currency,

        totals.order_count,
        totals.pos_order_count,
        totals.shop_order_count,
        totals.return_count,
        cast(totals.revenue as decimal(18, 2)) as revenue,
        cast(totals.pos_revenue as decimal(18, 2)) as pos_revenue,
        cast(totals.shop_revenue as decimal(18, 2)) as shop_revenue,
        cast(
            round(cast(totals.revenue as decimal(18, 2)) / nullif(totals.order_count, 0), 2)
            as decimal(18, 2)
        ) as average_order_value,
        scores.rfm_recency_score,
        scores.rfm_frequency_score,
        scores.rfm_monetary_score,

        totals.first_purchase_at,
        totals.last_purchase_at

    from totals

    left outer join scores
        on totals.person_id = scores.person_id

)

select * from purchases
