with

web_people as (

    select * from {{ ref('int_events__web_people') }}

),

shared_cookie_people as (

    select * from {{ ref('int_events__shared_cookie_people') }}

),

{# From sure to likely: who logged in, who left an address, whose cookie it is, who was here. #}
attributed as (

    select
        web_people.event_id,
        web_people.session_id,
        coalesce(
            web_people.login_person_id,
            web_people.contact_person_id,
            web_people.cookie_person_id,
            shared_cookie_people.person_id
        ) as person_id,
        case
            when web_people.login_person_id is not null then 'login'
            when web_people.contact_person_id is not null then 'contact'
            when web_people.cookie_person_id is not null then 'cookie'
            else coalesce(shared_cookie_people.attribution, 'unknown')
        end as attribution

    from web_people

    left outer join shared_cookie_people
        on web_people.event_id = shared_cookie_people.event_id

)

select * from attributed
