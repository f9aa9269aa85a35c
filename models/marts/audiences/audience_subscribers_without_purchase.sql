with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

subscribers_without_purchase as (

    select person_id

    from single_customer_view

    where may_email and order_count = 0

)

select * from subscribers_without_purchase
