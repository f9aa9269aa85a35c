with

visits as (

    select * from {{ ref('int_events__visits') }}

),

web_events as (

    select * from {{ ref('int_events__web_events') }}

),

touchpoints as (

    select * from {{ ref('int_events__touchpoints') }}

),

orders as (

    select * from {{ ref('int_orders__attributed') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

acts as (

    select
        person_id,
        occurred_at

    from web_events

    union all

    select
        person_id,
        occurred_at

    from touchpoints

    union all

    select
        person_id,
        ordered_at as occurred_at

    from orders

),

{# Clocks that run ahead must not keep anybody recent. #}
acts_per_person as (

    select
        acts.person_id,

        count(*) as event_count,

        max(acts.occurred_at) as last_event_at

    from acts

    inner join current_run
        on acts.occurred_at <= current_run.run_at

    where acts.person_id is not null

    group by 1

),

visits_per_person as (

    select
        visits.person_id,

        count(*) as session_count,

        max(visits.started_at) as last_session_at

    from visits

    inner join current_run
        on visits.started_at <= current_run.run_at

    where visits.person_id is not null

    group by 1

),

activity as (

    select
        acts_per_person.person_id,

        acts_per_person.event_count,
        coalesce(visits_per_person.session_count, 0) as session_count,

        visits_per_person.last_session_at,
        acts_per_person.last_event_at

    from acts_per_person

    left outer join visits_per_person
        on acts_per_person.person_id = visits_per_person.person_id

)

select * from activity
