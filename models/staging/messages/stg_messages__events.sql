with

ranked_events as (

    {{ ranked_versions(source('messages', 'events'), key=[clean_text('message_event_id')]) }}

),

latest_events as (

    select
        {{ clean_text('message_event_id') }} as message_event_id,
        {{ clean_text('user_id') }} as user_id,

        lower({{ clean_text('event') }}) as event,
        lower({{ clean_text('channel') }}) as channel,
        {{ clean_text('campaign') }} as campaign,
        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        _file_name as file_name,

        version_count,
        _line_number as file_line_number,

        {{ to_timestamp_utc('occurred_at') }} as occurred_at

    from ranked_events

    where version_rank = 1

)

select * from latest_events
