with

web_people as (

    select * from {{ ref('int_events__web_people') }}

),

numbered_events as (

    select
        event_id,
        session_id,
        anonymous_id,
        login_person_id,

        row_number() over (
            partition by anonymous_id
            order by occurred_at asc nulls last, event_id asc nulls last
        ) as event_number,

        is_logout,

        occurred_at

    from web_people

    where is_shared_cookie

),

session_logins as (

    select
        session_id,
        min(login_person_id) as person_id

    from numbered_events

    where login_person_id is not null

    group by 1

    having count(distinct login_person_id) = 1

),

events_after_marks as (

    select
        event_id,
        session_id,
        anonymous_id,

        max(case when login_person_id is not null or is_logout then event_number end) over (
            partition by anonymous_id
            order by event_number asc nulls last
            rows between unbounded preceding and current row
        ) as mark_number,

        occurred_at

    from numbered_events

),

{# After a logout nobody is known until the next login. #}
{% set belief_end = dbt.dateadd('day', var('shared_cookie_days'), 'last_mark.occurred_at') %}
attributed as (

    select
        events_after_marks.event_id,
        coalesce(session_logins.person_id, last_mark.login_person_id) as person_id,
        case
            when session_logins.person_id is not null then 'session'
            when last_mark.login_person_id is not null then 'last_login'
            else 'shared_device'
        end as attribution

    from events_after_marks

    left outer join session_logins
        on events_after_marks.session_id = session_logins.session_id

    left outer join numbered_events as last_mark
        on events_after_marks.anonymous_id = last_mark.anonymous_id
        and events_after_marks.mark_number = last_mark.event_number
        and not last_mark.is_logout
        and events_after_marks.occurred_at <= {{ belief_end }}

)

select * from attributed
