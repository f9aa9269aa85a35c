with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

{# Money is compared within a currency; who paid in several, or in none that is known, is compared
   with their like. #}
ranked_buyers as (

    select
        person_id,

        rank() over (partition by currency order by revenue desc nulls last) as revenue_rank,
        count(*) over (partition by currency) as buyer_count

    from single_customer_view

    where order_count > 0 and revenue > 0

),

{# Who spent the same is in or out together, so that no id decides. #}
vip_customers as (

    select person_id

    from ranked_buyers

    where (revenue_rank - 1) * 10 < buyer_count

)

select * from vip_customers
