{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('service', 'tickets'), [clean_text('ticket_id')]) }}"
) }}

with

ranked_tickets as (

    {{ ranked_versions(source('service', 'tickets'), key=[clean_text('ticket_id')]) }}

),

latest_tickets as (

    select
        {{ clean_text('ticket_id') }} as ticket_id,
        {{ clean_text('user_id') }} as user_id,

        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        lower({{ clean_text('channel') }}) as channel,
        {{ clean_text('topic') }} as topic,
        {{ clean_text('status') }} as status,
        nullif(trim(body), '') as body,
        _file_name as file_name,

        {{ safe_cast('satisfaction', 'decimal(18, 3)') }} as satisfaction,
        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ to_timestamp_utc('created_at') }} as created_at,
        {{ to_timestamp_utc('closed_at') }} as closed_at

    from ranked_tickets

    where version_rank = 1

)

select * from latest_tickets
