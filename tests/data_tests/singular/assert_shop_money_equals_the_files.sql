{# Straight from the raw table, by a way of its own and unrounded: the last row of each key. #}
with

raw_orders as (

    select * from {{ source('shop', 'orders') }}

),

orders as (

    select * from {{ ref('orders') }}

),

ranked_orders as (

    select
        {{ safe_cast('amount', 'decimal(22, 6)') }} as amount,
        row_number() over (
            partition by {{ clean_text('order_id') }}
            order by
                _load_number desc nulls last,
                _file_name desc nulls last,
                _line_number desc nulls last
        ) as recency_rank,

        cast({{ to_timestamp_utc('ordered_at') }} as date) as ordered_date

    from raw_orders

),

raw_sums as (

    select
        ordered_date,

        sum(amount) as amount

    from ranked_orders

    where recency_rank = 1

    group by 1

),

published_sums as (

    select
        cast(ordered_at as date) as ordered_date,

        sum(amount) as amount

    from orders

    where source_name = 'shop'

    group by 1

)

select
    coalesce(raw_sums.ordered_date, published_sums.ordered_date) as ordered_date,
    raw_sums.amount as raw_amount,
    published_sums.amount as published_amount

from raw_sums

full outer join published_sums
    on raw_sums.ordered_date = published_sums.ordered_date

where raw_sums.amount is distinct from published_sums.amount
