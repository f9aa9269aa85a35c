{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('survey', 'responses'), [clean_text('response_id')]) }}"
) }}

with

ranked_responses as (

    {{ ranked_versions(source('survey', 'responses'), key=[clean_text('response_id')]) }}

),

latest_responses as (

    select
        {{ clean_text('response_id') }} as response_id,
        {{ clean_text('user_id') }} as user_id,

        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        {{ clean_text('survey') }} as survey,
        nullif(trim(question), '') as question,
        nullif(trim(comment), '') as comment,
        _file_name as file_name,

        {{ safe_cast('score', 'decimal(18, 3)') }} as score,
        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ to_timestamp_utc('answered_at') }} as answered_at

    from ranked_responses

    where version_rank = 1

)

select * from latest_responses
