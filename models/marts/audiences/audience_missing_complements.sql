with

orders as (

    select * from {{ ref('orders') }}

),

order_lines as (

    select * from {{ ref('order_lines') }}

),

complementary_products as (

    select * from {{ ref('complementary_products') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# A line without quantity is one piece of its order's direction. What came back is not theirs. #}
{% set pieces -%}
    coalesce(order_lines.quantity, case when order_lines.kind = 'return' then -1 else 1 end)
{%- endset %}
owned_products as (

    select
        orders.person_id,
        order_lines.product_id,

        max(case when {{ pieces }} > 0 then orders.ordered_at end) as bought_at

    from orders

    cross join current_run

    inner join order_lines
        on orders.source_name = order_lines.source_name
        and orders.order_id = order_lines.order_id

    where
        orders.person_id is not null
        and not orders.is_cancelled
        and not orders.is_refunded
        and orders.ordered_at <= current_run.run_at

    group by 1, 2

    having sum({{ pieces }}) > 0

),

product_names as (

    select
        product_id,

        max(product_name) as product_name

    from order_lines

    group by 1

),

{# One offer per person: that of the latest purchase, then the first of the list. #}
ranked_offers as (

    select
        owned_products.person_id,
        owned_products.product_id,
        complementary_products.complement_product_id,

        row_number() over (
            partition by owned_products.person_id
            order by
                owned_products.bought_at desc nulls last,
                complementary_products.preference asc nulls last,
                owned_products.product_id asc nulls last,
                complementary_products.complement_product_id asc nulls last
        ) as offer_rank

    from owned_products

    inner join complementary_products
        on owned_products.product_id = complementary_products.product_id

    left outer join owned_products as owned_complements
        on owned_products.person_id = owned_complements.person_id
        and complementary_products.complement_product_id = owned_complements.product_id

    where owned_complements.person_id is null

),

missing_complements as (

    select
        ranked_offers.person_id,
        ranked_offers.product_id,
        ranked_offers.complement_product_id,

        product_names.product_name as complement_product_name

    from ranked_offers

    left outer join product_names
        on ranked_offers.complement_product_id = product_names.product_id

    where ranked_offers.offer_rank = 1

)

select * from missing_complements
