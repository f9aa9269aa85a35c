with

message_events as (

    select * from {{ ref('stg_messages__events') }}

),

tickets as (

    select * from {{ ref('stg_service__tickets') }}

),

survey_responses as (

    select * from {{ ref('stg_survey__responses') }}

),

unioned_touchpoints as (

    select
        message_event_id as event_id,
        user_id as account_id,
        'messages' as source_name,
        'none' as record_type,
        'message_' || lower(event) as event_name,
        channel,
        campaign,
        email,
        phone,
        occurred_at

    from message_events

    union all

    select
        ticket_id as event_id,
        user_id as account_id,
        'service' as source_name,
        'ticket' as record_type,
        'ticket_opened' as event_name,
        channel,
        topic as campaign,
        email,
        phone,
        created_at as occurred_at

    from tickets

    union all

    select
        response_id as event_id,
        user_id as account_id,
        'survey' as source_name,
        'response' as record_type,
        'survey_answered' as event_name,
        cast(null as {{ dbt.type_string() }}) as channel,
        survey as campaign,
        email,
        phone,
        answered_at as occurred_at

    from survey_responses

)

select * from unioned_touchpoints
