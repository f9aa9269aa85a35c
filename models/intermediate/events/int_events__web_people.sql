with

web_events as (

    select * from {{ ref('stg_web__events') }}

),

sessionized as (

    select * from {{ ref('int_events__sessionized') }}

),

login_owners as (

    select * from {{ ref('int_events__login_owners') }}

),

contact_owners as (

    select * from {{ ref('int_events__contact_owners') }}

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

cookies as (

    select
        record_id as anonymous_id,
        person_id

    from person_records

    where source_name = 'web' and record_type = 'cookie'

),

{# An event whose e-mail and phone lead to two people names neither. #}
web_people as (

    select
        web_events.event_id,
        sessionized.session_id,
        web_events.anonymous_id,
        login_owners.person_id as login_person_id,
        case
            when email_owners.person_id <> phone_owners.person_id then null
            else coalesce(email_owners.person_id, phone_owners.person_id)
        end as contact_person_id,
        cookies.person_id as cookie_person_id,

        cookies.anonymous_id is not null and cookies.person_id is null as is_shared_cookie,
        lower(web_events.event_name) in ('logout', 'log_out', 'sign_out') as is_logout,

        web_events.occurred_at

    from web_events

    left outer join sessionized
        on web_events.event_id = sessionized.event_id

    left outer join login_owners
        on web_events.user_id = login_owners.account_id

    left outer join contact_owners as email_owners
        on web_events.email = email_owners.identifier_value
        and email_owners.identifier_type = 'email'

    left outer join contact_owners as phone_owners
        on web_events.phone = phone_owners.identifier_value
        and phone_owners.identifier_type = 'phone'

    left outer join cookies
        on web_events.anonymous_id = cookies.anonymous_id

)

select * from web_people
