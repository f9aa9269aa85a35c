{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('web', 'events'), [clean_text('event_id')]) }}"
) }}

with

ranked_events as (

    {{ ranked_versions(
        source('web', 'events'),
        key=[clean_text('event_id')],
        recency='received_at',
    ) }}

),

latest_events as (

    select
        *,
        {{ country_code('country') }} as country_code

    from ranked_events

    where version_rank = 1

),

normalised_events as (

    select
        {{ clean_text('event_id') }} as event_id,
        {{ clean_text('anonymous_id') }} as anonymous_id,
        {{ clean_text('user_id') }} as user_id,
        {{ clean_text('device_id') }} as device_id,
        {{ clean_text('session_id') }} as session_id,
        {{ clean_text('app_id') }} as app_id,
        {{ clean_text('click_id') }} as click_id,
        {{ clean_text('product_id') }} as product_id,
        {{ clean_text('order_id') }} as order_id,

        {{ clean_text('event_name') }} as event_name,
        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone', 'country_code') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        {{ clean_text('platform') }} as platform,
        {{ clean_text('page_url') }} as page_url,
        {{ clean_text('page_title') }} as page_title,
        {{ clean_text('referrer') }} as referrer,
        {{ clean_text('utm_source') }} as utm_source,
        {{ clean_text('utm_medium') }} as utm_medium,
        {{ clean_text('utm_campaign') }} as utm_campaign,
        {{ clean_text('utm_content') }} as utm_content,
        {{ clean_text('utm_term') }} as utm_term,
        {{ clean_text('user_agent') }} as user_agent,
        country_code as country,
        {{ clean_text('city') }} as city,
        {{ clean_text('search_query') }} as search_query,
        upper({{ clean_text('currency') }}) as currency,
        nullif(trim(properties), '') as properties,
        _file_name as file_name,

        {{ safe_cast('quantity', 'decimal(18, 3)') }} as quantity,
        {{ to_amount('amount') }} as amount,
        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ to_timestamp_utc('occurred_at') }} as occurred_at,
        {{ to_timestamp_utc('received_at') }} as received_at

    from latest_events

)

select * from normalised_events
