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

{% set computed = 'round(quantity * unit_price - coalesce(discount, 0), 2)' %}
priced_lines as (

    {% for source_name, source_lines, order_id in [
        ('pos', 'transaction_lines', 'transaction_id'),
        ('shop', 'shop_order_lines', 'order_id'),
    ] %}
        select
            {{ order_id }} as order_id,
            '{{ source_name }}' as source_name,
            product_id,
            line_number,
            quantity,
            unit_price,
            discount,
            coalesce(amount, cast({{ computed }} as decimal(18, 2))) as amount

        from {{ source_lines }}

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

{# A line may come before its receipt. #}
lines_with_direction as (

    select
        priced_lines.*,
        coalesce(orders.kind, 'sale') as kind,
        case
            when priced_lines.quantity < 0 or priced_lines.amount < 0 then 1 else 0
        end as is_negative

    from priced_lines

    left outer join orders
        on priced_lines.source_name = orders.source_name
        and priced_lines.order_id = orders.order_id

),

{# A return without any negative line is of a till that writes no signs; where one is negative the
   lines have signs of their own, for goods may leave in exchange for those that came back. #}
directed_lines as (

    select
        *,
        kind = 'return'
        and (
            is_negative = 1
            or max(is_negative) over (partition by source_name, order_id) = 0
        ) as is_brought_back

    from lines_with_direction

),

{# A negative quantity on a sale is goods brought back, too. #}
lines as (

    select
        directed_lines.order_id,
        directed_lines.product_id,
        directed_lines.source_name,
        directed_lines.kind,
        products.name as product_name,
        products.category as product_category,

        directed_lines.line_number,
        case
            when directed_lines.is_brought_back then -abs(directed_lines.quantity)
            else directed_lines.quantity
        end as quantity,
        directed_lines.unit_price,
        directed_lines.discount,
        case
            when directed_lines.is_brought_back then -abs(directed_lines.amount)
            else directed_lines.amount
        end as amount

    from directed_lines

    left outer join products
        on directed_lines.product_id = products.product_id

)

select * from lines
