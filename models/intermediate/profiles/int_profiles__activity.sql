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

acts_per_person as (

    select
        person_id,

        count(*) as event_count,

        max(occurred_at) as last_event_at

    from acts

    where person_id is not null

    group by 1

),

visits_per_person as (

    select
        person_id,

        count(*) as session_count,

        max(started_at) as last_session_at

    from visits

    where person_id is not null

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
