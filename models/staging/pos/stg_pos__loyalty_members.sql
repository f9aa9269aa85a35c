{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('pos', 'loyalty_members'), [clean_text('loyalty_id')]) }}"
) }}

with

ranked_loyalty_members as (

    {{ ranked_versions(
        source('pos', 'loyalty_members'),
        key=[clean_text('loyalty_id')],
        recency='updated_at',
    ) }}

),

latest_loyalty_members as (

    select
        *,
        {{ country_code('country') }} as country_code

    from ranked_loyalty_members

    where version_rank = 1

),

normalised_loyalty_members as (

    select
        {{ clean_text('loyalty_id') }} as loyalty_id,

        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone', 'country_code') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        {{ clean_text('first_name') }} as first_name,
        {{ clean_text('last_name') }} as last_name,
        {{ clean_text('sex') }} as sex,
        {{ clean_text('street') }} as street,
        {{ clean_text('city') }} as city,
        {{ clean_text('region') }} as region,
        {{ clean_text('postcode') }} as postcode,
        country_code as country,
        {{ clean_text('tier') }} as tier,
        _file_name as file_name,

        {{ safe_cast('points', 'decimal(18, 3)') }} as points,
        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ written_date('birth_date') }} as birth_date,

        {{ to_timestamp_utc('joined_at') }} as joined_at,
        {{ to_timestamp_utc('updated_at') }} as updated_at

    from latest_loyalty_members

)

select * from normalised_loyalty_members
