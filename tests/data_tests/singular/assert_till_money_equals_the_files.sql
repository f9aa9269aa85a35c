{# Straight from the raw table, by a way of its own and unrounded: the last row of each key. #}
with

raw_transactions as (

    select * from {{ source('pos', 'transactions') }}

),

orders as (

    select * from {{ ref('orders') }}

),

ranked_transactions as (

    select
        {{ clean_text('store_id') }} as store_id,
        lower({{ clean_text('kind') }}) as kind,

        {{ safe_cast('amount', 'decimal(22, 6)') }} as amount,
        row_number() over (
            partition by {{ clean_text('transaction_id') }}
            order by
                _load_number desc nulls last,
                _file_name desc nulls last,
                _line_number desc nulls last
        ) as recency_rank,

        cast({{ to_timestamp_utc('occurred_at') }} as date) as ordered_date

    from raw_transactions

),

raw_sums as (

    select
        ordered_date,
        coalesce(store_id, 'none') as store_id,

        sum(case when kind in ('return', 'refund') then -abs(amount) else amount end) as amount

    from ranked_transactions

    where recency_rank = 1

    group by 1, 2

),

published_sums as (

    select
        cast(ordered_at as date) as ordered_date,
        coalesce(store_id, 'none') as store_id,

        sum(amount) as amount

    from orders

    where source_name = 'pos'

    group by 1, 2

)

select
    coalesce(raw_sums.ordered_date, published_sums.ordered_date) as ordered_date,
    coalesce(raw_sums.store_id, published_sums.store_id) as store_id,
    raw_sums.amount as raw_amount,
    published_sums.amount as published_amount

from raw_sums

full outer join published_sums
    on raw_sums.ordered_date = published_sums.ordered_date
    and raw_sums.store_id = published_sums.store_id

where raw_sums.amount is distinct from published_sums.amount
