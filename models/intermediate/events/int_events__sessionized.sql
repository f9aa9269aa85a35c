with

web_events as (

    select * from {{ ref('stg_web__events') }}

),

visitor_events as (

    select
        event_id,
        case
            when anonymous_id is not null then 'cookie:' || anonymous_id
            else 'account:' || user_id
        end as visitor_key,

        occurred_at

    from web_events

    where anonymous_id is not null or user_id is not null

),

events_with_predecessors as (

    select
        event_id,
        visitor_key,

        occurred_at,
        lag(occurred_at) over (
            partition by visitor_key
            order by occurred_at asc nulls last, event_id asc nulls last
        ) as previous_occurred_at

    from visitor_events

),

{% set session_end = dbt.dateadd(
    'minute', var('session_timeout_minutes'), 'previous_occurred_at'
) %}
numbered_events as (

    select
        event_id,
        visitor_key,

        sum(
            case
                when previous_occurred_at is null or occurred_at > {{ session_end }} then 1
                else 0
            end
        ) over (
            partition by visitor_key
            order by occurred_at asc nulls last, event_id asc nulls last
            rows between unbounded preceding and current row
        ) as session_number,

        occurred_at

    from events_with_predecessors

),

opened_sessions as (

    select
        event_id,
        visitor_key,

        first_value(event_id) over (
            partition by visitor_key, session_number
            order by occurred_at asc nulls last, event_id asc nulls last
        ) as opening_event_id

    from numbered_events

),

{# Named by visitor and first event: the same in every build, and later events change nothing. #}
sessionized as (

    select
        event_id,
        {{ dbt.hash("visitor_key || '|' || opening_event_id") }} as session_id

    from opened_sessions

)

select * from sessionized
