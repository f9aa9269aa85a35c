with

web_events as (

    select * from {{ ref('stg_web__events') }}

),

junk_identifiers as (

    select * from {{ ref('int_identity__junk_identifiers') }}

),

{# Strangers whose browser sent "undefined" are not one visitor. #}
visitor_events as (

    select
        web_events.event_id,
        case
            when web_events.anonymous_id is not null and junk_cookies.identifier_value is null
                then 'cookie:' || web_events.anonymous_id
            when junk_logins.identifier_value is null then 'account:' || web_events.user_id
        end as visitor_key,

        web_events.occurred_at

    from web_events

    left outer join junk_identifiers as junk_cookies
        on web_events.anonymous_id = junk_cookies.identifier_value
        and junk_cookies.identifier_type = 'cookie'

    left outer join junk_identifiers as junk_logins
        on web_events.user_id = junk_logins.identifier_value
        and junk_logins.identifier_type = 'user_id'

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

    where visitor_key is not null

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
