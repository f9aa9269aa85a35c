with

ranked_order_lines as (

    {{ ranked_versions(
        source('shop', 'order_lines'),
        key=[
            clean_text('order_id'),
            safe_cast('line_number', 'bigint'),
        ],
    ) }}

),

latest_order_lines as (

    select
        {{ clean_text('order_id') }} as order_id,
        {{ clean_text('product_id') }} as product_id,

        _file_name as file_name,

        {{ safe_cast('line_number', 'bigint') }} as line_number,
        {{ safe_cast('quantity', 'decimal(18, 3)') }} as quantity,
        {{ to_amount('unit_price') }} as unit_price,
        {{ to_amount('discount') }} as discount,
        {{ to_amount('amount') }} as amount,
        version_count,
        _line_number as file_line_number

    from ranked_order_lines

    where version_rank = 1

)

select * from latest_order_lines
