with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

buyers as (

    select
        person_id,
        currency,

        order_count,
        revenue,
        sum(revenue) over (partition by currency) as all_revenue,
        sum(order_count) over (partition by currency) as all_order_count

    from single_customer_view

    where order_count > 0 and currency is not null

),

{# One large order is no habit: everybody starts with ordinary orders, and the more of their own
   there are, the less these count. #}
expected_baskets as (

    select
        person_id,
        currency,

        (
            cast(revenue as {{ dbt.type_numeric() }})
            + {{ var('ordinary_baskets') }}
            * cast(all_revenue as {{ dbt.type_numeric() }}) / all_order_count
        ) / (order_count + {{ var('ordinary_baskets') }}) as expected_basket

    from buyers

),

large_baskets as (

    select person_id

    from expected_baskets

    where
        {% for currency, amount in var('large_baskets').items() -%}
            {% if not loop.first %}or {% endif %}
            (currency = '{{ currency }}' and expected_basket > {{ amount }})
        {% endfor %}

)

select * from large_baskets
