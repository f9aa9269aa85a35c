with

ranked_transaction_lines as (

    {{ ranked_versions(
        source('pos', 'transaction_lines'),
        key=[
            clean_text('transaction_id'),
            safe_cast('line_number', 'bigint'),
        ],
    ) }}

),

latest_transaction_lines as (

    select
        {{ clean_text('transaction_id') }} as transaction_id,
        {{ clean_text('product_id') }} as product_id,

        _file_name as file_name,

        {{ safe_cast('line_number', 'bigint') }} as line_number,
        {{ safe_cast('quantity', 'decimal(18, 3)') }} as quantity,
        {{ to_amount('unit_price') }} as unit_price,
        {{ to_amount('discount') }} as discount,
        {{ to_amount('amount') }} as amount,
        version_count,
        _line_number as file_line_number

    from ranked_transaction_lines

    where version_rank = 1

)

select * from latest_transaction_lines
