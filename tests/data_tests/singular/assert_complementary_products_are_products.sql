{# As long as no product of the seed is known, it is still the demo's, and offers nothing. A failure
   shows the products. #}
{{ config(severity='warn', meta={'shows_figures': true}) }}
with

complementary_products as (

    select * from {{ ref('complementary_products') }}

),

products as (

    select * from {{ ref('stg_shop__products') }}

),

named_products as (

    select product_id from complementary_products

    union distinct

    select complement_product_id as product_id from complementary_products

),

looked_up_products as (

    select
        named_products.product_id,

        products.product_id is not null as is_known,
        count(products.product_id) over () as known_count

    from named_products

    left outer join products
        on named_products.product_id = products.product_id

)

select product_id

from looked_up_products

where not is_known and known_count > 0

order by 1 nulls last
