with

order_lines as (

    select * from {{ source('shop', 'order_lines') }}

),

ranked_order_lines as (

    {{ ranked_versions(
        'order_lines',
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
        {{ safe_cast('unit_price', 'decimal(18, 2)') }} as unit_price,
        {{ safe_cast('discount', 'decimal(18, 2)') }} as discount,
        {{ safe_cast('amount', 'decimal(18, 2)') }} as amount,
        version_count,
        _line_number as file_line_number

    from ranked_order_lines

    where version_rank = 1

)

select * from latest_order_lines
