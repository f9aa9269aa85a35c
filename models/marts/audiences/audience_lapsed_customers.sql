with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{% set lapse_start = dbt.dateadd('day', -var('lapsed_after_days'), 'current_run.run_at') %}
lapsed_customers as (

    select single_customer_view.person_id

    from single_customer_view

    cross join current_run

    where single_customer_view.last_purchase_at < {{ lapse_start }}

)

select * from lapsed_customers
