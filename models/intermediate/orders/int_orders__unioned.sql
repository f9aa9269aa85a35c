with

transactions as (

    select * from {{ ref('stg_pos__transactions') }}

),

shop_orders as (

    select * from {{ ref('stg_shop__orders') }}

),

order_statuses as (

    select * from {{ ref('order_statuses') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

unioned as (

    select
        transaction_id as order_id,
        'pos' as source_name,
        'receipt' as record_type,
        loyalty_id,
        cast(null as {{ dbt.type_string() }}) as account_id,
        store_id,
        register_id,
        original_transaction_id as original_order_id,
        kind as kind_as_given,
        cast(null as {{ dbt.type_string() }}) as status,
        cast(null as {{ dbt.type_string() }}) as coupon_code,
        currency,
        cast(null as decimal(18, 2)) as discount,
        amount as amount_as_given,
        occurred_at as ordered_at

    from transactions

    union all

    select
        order_id,
        'shop' as source_name,
        'order' as record_type,
        null as loyalty_id,
        user_id as account_id,
        null as store_id,
        null as register_id,
        null as original_order_id,
        'sale' as kind_as_given,
        status,
        coupon_code,
        currency,
        discount,
        amount as amount_as_given,
        ordered_at

    from shop_orders

),

{# Money that left the till came back with goods, even where the file calls the receipt a sale. #}
signed_orders as (

    select
        unioned.order_id,
        unioned.source_name,
        unioned.record_type,
        unioned.loyalty_id,
        unioned.account_id,
        unioned.store_id,
        unioned.register_id,
        unioned.original_order_id,
        case
            when unioned.kind_as_given in ('return', 'refund') then 'return'
            when unioned.amount_as_given < 0 then 'return'
            else 'sale'
        end as kind,
        unioned.status,
        unioned.coupon_code,
        unioned.currency,

        unioned.discount,
        case
            when unioned.kind_as_given in ('return', 'refund') then -abs(unioned.amount_as_given)
            else unioned.amount_as_given
        end as amount,

        coalesce(order_statuses.outcome = 'cancelled', false) as is_cancelled,
        coalesce(order_statuses.outcome = 'refunded', false) as is_refunded,
        unioned.ordered_at > current_run.run_at as is_in_the_future,

        unioned.ordered_at

    from unioned

    cross join current_run

    left outer join order_statuses
        on lower(unioned.status) = order_statuses.status

)

select * from signed_orders
