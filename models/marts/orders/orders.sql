with

attributed_orders as (

    select * from {{ ref('int_orders__attributed') }}

),

orders as (

    select
        order_id,
        person_id,
        store_id,
        register_id,
        original_order_id,

        source_name,
        kind,
        status,
        coupon_code,
        currency,
        attribution,

        discount,
        amount,

        is_cancelled,
        is_refunded,

        ordered_at

    from attributed_orders

)

select * from orders
