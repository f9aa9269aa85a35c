with

lines as (

    select * from {{ ref('int_orders__lines') }}

),

order_lines as (

    select
        order_id,
        product_id,

        source_name,
        kind,
        product_name,
        product_category,

        line_number,
        quantity,
        unit_price,
        discount,
        amount

    from lines

)

select * from order_lines
