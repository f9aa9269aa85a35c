{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('crm', 'contacts'), [clean_text('contact_id')]) }}"
) }}

with

ranked_contacts as (

    {{ ranked_versions(
        source('crm', 'contacts'),
        key=[clean_text('contact_id')],
        recency='updated_at',
    ) }}

),

latest_contacts as (

    select
        *,
        {{ country_code('country') }} as country_code

    from ranked_contacts

    where version_rank = 1

),

normalised_contacts as (

    select
        {{ clean_text('contact_id') }} as contact_id,

        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone', 'country_code') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        {{ clean_text('first_name') }} as first_name,
        {{ clean_text('middle_name') }} as middle_name,
        {{ clean_text('last_name') }} as last_name,
        {{ clean_text('sex') }} as sex,
        {{ clean_text('street') }} as street,
        {{ clean_text('city') }} as city,
        {{ clean_text('region') }} as region,
        {{ clean_text('postcode') }} as postcode,
        country_code as country,
        {{ clean_text('brand') }} as brand,
        _file_name as file_name,

        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ written_date('birth_date') }} as birth_date,

        {{ to_timestamp_utc('created_at') }} as created_at,
        {{ to_timestamp_utc('updated_at') }} as updated_at,
        {{ to_timestamp_utc('deleted_at') }} as deleted_at

    from latest_contacts

)

select * from normalised_contacts
