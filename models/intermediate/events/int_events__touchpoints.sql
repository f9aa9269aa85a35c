with

unioned_touchpoints as (

    select * from {{ ref('int_events__unioned_touchpoints') }}

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

{# The login first, then what the identity graph made of the row itself, then its addresses. #}
touchpoints as (

    select
        unioned_touchpoints.event_id,
        unioned_touchpoints.source_name,
        coalesce(
            login_owners.person_id,
            person_records.person_id,
            email_owners.person_id,
            phone_owners.person_id
        ) as person_id,
        unioned_touchpoints.event_name,
        case
            when login_owners.person_id is not null then 'login'
            when person_records.person_id is not null then 'record'
            when coalesce(email_owners.person_id, phone_owners.person_id) is not null
                then 'contact'
            else 'unknown'
        end as attribution,
        unioned_touchpoints.channel,
        unioned_touchpoints.campaign,

        unioned_touchpoints.occurred_at

    from unioned_touchpoints

    left outer join login_owners
        on unioned_touchpoints.account_id = login_owners.account_id

    left outer join person_records
        on unioned_touchpoints.source_name = person_records.source_name
        and unioned_touchpoints.record_type = person_records.record_type
        and unioned_touchpoints.event_id = person_records.record_id

    left outer join contact_owners as email_owners
        on unioned_touchpoints.email = email_owners.identifier_value
        and email_owners.identifier_type = 'email'

    left outer join contact_owners as phone_owners
        on unioned_touchpoints.phone = phone_owners.identifier_value
        and phone_owners.identifier_type = 'phone'

)

select * from touchpoints
