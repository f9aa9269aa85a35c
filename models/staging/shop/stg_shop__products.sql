with

ranked_products as (

    {{ ranked_versions(source('shop', 'products'), key=[clean_text('product_id')]) }}

),

latest_products as (

    select
        {{ clean_text('product_id') }} as product_id,

        {{ clean_text('name') }} as name,
        {{ clean_text('category') }} as category,
        {{ clean_text('brand') }} as brand,
        upper({{ clean_text('currency') }}) as currency,
        _file_name as file_name,

        {{ to_amount('price') }} as price,
        version_count,
        _line_number as file_line_number

    from ranked_products

    where version_rank = 1

)

select * from latest_products
