{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('shop', 'orders'), [clean_text('order_id')]) }}"
) }}

with

ranked_orders as (

    {{ ranked_versions(source('shop', 'orders'), key=[clean_text('order_id')]) }}

),

latest_orders as (

    select
        {{ clean_text('order_id') }} as order_id,
        {{ clean_text('user_id') }} as user_id,

        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        {{ clean_text('status') }} as status,
        upper({{ clean_text('currency') }}) as currency,
        {{ clean_text('coupon_code') }} as coupon_code,
        {{ clean_text('utm_source') }} as utm_source,
        {{ clean_text('utm_medium') }} as utm_medium,
        {{ clean_text('utm_campaign') }} as utm_campaign,
        _file_name as file_name,

        {{ to_amount('amount') }} as amount,
        {{ to_amount('discount') }} as discount,
        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ to_timestamp_utc('ordered_at') }} as ordered_at

    from ranked_orders

    where version_rank = 1

)

select * from latest_orders
