with

people as (

    select * from {{ ref('people') }}

),

best_values as (

    select * from {{ ref('int_profiles__best_values') }}

),

purchases as (

    select * from {{ ref('int_profiles__purchases') }}

),

activity as (

    select * from {{ ref('int_profiles__activity') }}

),

contact_permissions as (

    select * from {{ ref('contact_permissions') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{% set lapse_start = dbt.dateadd('day', -var('lapsed_after_days'), 'current_run.run_at') %}
single_customer_view as (

    select
        people.person_id,

        nullif(
            trim(
                coalesce(best_values.first_name, '') || ' ' || coalesce(best_values.last_name, '')
            ),
            ''
        ) as full_name,
        best_values.first_name,
        best_values.middle_name,
        best_values.last_name,
        best_values.email,
        best_values.phone,
        best_values.sex,
        best_values.street,
        best_values.city,
        best_values.region,
        best_values.postcode,
        best_values.country,
        purchases.currency,
        case
            when purchases.last_purchase_at < {{ lapse_start }} then 'lapsed'
            when purchases.order_count > 1 then 'active'
            when purchases.order_count = 1 then 'new'
            when people.is_known then 'prospect'
            else 'anonymous'
        end as lifecycle_stage,

        people.record_count,
        coalesce(purchases.order_count, 0) as order_count,
        coalesce(purchases.pos_order_count, 0) as pos_order_count,
        coalesce(purchases.shop_order_count, 0) as shop_order_count,
        coalesce(purchases.return_count, 0) as return_count,
        coalesce(purchases.revenue, 0) as revenue,
        coalesce(purchases.pos_revenue, 0) as pos_revenue,
        coalesce(purchases.shop_revenue, 0) as shop_revenue,
        purchases.average_order_value,
        purchases.rfm_recency_score,
        purchases.rfm_frequency_score,
        purchases.rfm_monetary_score,
        coalesce(activity.event_count, 0) as event_count,
        coalesce(activity.session_count, 0) as session_count,

        people.is_known,
        coalesce(contact_permissions.may_email, false) as may_email,
        coalesce(contact_permissions.may_sms, false) as may_sms,
        coalesce(contact_permissions.may_call, false) as may_call,
        coalesce(contact_permissions.may_push, false) as may_push,
        coalesce(contact_permissions.may_advertise, false) as may_advertise,

        best_values.birth_date,

        people.first_seen_at,
        people.last_seen_at,
        purchases.first_purchase_at,
        purchases.last_purchase_at,
        activity.last_session_at,
        activity.last_event_at

    from people

    cross join current_run

    left outer join best_values
        on people.person_id = best_values.person_id

    left outer join purchases
        on people.person_id = purchases.person_id

    left outer join activity
        on people.person_id = activity.person_id

    left outer join contact_permissions
        on people.person_id = contact_permissions.person_id

)

select * from single_customer_view
