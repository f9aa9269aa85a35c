with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{% set newest_start = dbt.dateadd('day', -var('new_for_days'), 'current_run.run_at') %}
new_customers as (

    select single_customer_view.person_id

    from single_customer_view

    cross join current_run

    where single_customer_view.first_purchase_at >= {{ newest_start }}

)

select * from new_customers
