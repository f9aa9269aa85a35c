with

transaction_lines as (

    select * from {{ ref('stg_pos__transaction_lines') }}

),

shop_order_lines as (

    select * from {{ ref('stg_shop__order_lines') }}

),

products as (

    select * from {{ ref('stg_shop__products') }}

),

orders as (

    select * from {{ ref('int_orders__unioned') }}

),

unioned as (

    select
        transaction_id as order_id,
        'pos' as source_name,
        product_id,
        line_number,
        quantity,
        unit_price,
        discount,
        amount

    from transaction_lines

    union all

    select
        order_id,
        'shop' as source_name,
        product_id,
        line_number,
        quantity,
        unit_price,
        discount,
        amount

    from shop_order_lines

),

priced_lines as (

    select
        order_id,
        source_name,
        product_id,
        line_number,
        quantity,
        unit_price,
        discount,
        coalesce(
            amount,
            cast(round(quantity * unit_price - coalesce(discount, 0), 2) as decimal(18, 2))
        ) as amount

    from unioned

),

{# A line may come before its receipt; a negative quantity on a sale is goods brought back. #}
lines as (

    select
        priced_lines.order_id,
        priced_lines.product_id,
        priced_lines.source_name,
        coalesce(orders.kind, 'sale') as kind,
        products.name as product_name,
        products.category as product_category,

        priced_lines.line_number,
        case
            when orders.kind = 'return' then -abs(priced_lines.quantity)
            else priced_lines.quantity
        end as quantity,
        priced_lines.unit_price,
        priced_lines.discount,
        case
            when orders.kind = 'return' then -abs(priced_lines.amount)
            else priced_lines.amount
        end as amount

    from priced_lines

    left outer join orders
        on priced_lines.source_name = orders.source_name
        and priced_lines.order_id = orders.order_id

    left outer join products
        on priced_lines.product_id = products.product_id

)

select * from lines
