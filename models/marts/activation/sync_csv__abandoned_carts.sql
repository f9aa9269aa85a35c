with

audience_members as (

    select * from {{ ref('audience_members') }}

),

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

consented_people as (

    {{ consented_to(purpose='marketing', channel='email') }}

),

abandoned_carts as (

    select
        audience_members.person_id,

        single_customer_view.email,
        single_customer_view.first_name,
        single_customer_view.last_name

    from audience_members

    inner join consented_people
        on audience_members.person_id = consented_people.person_id

    inner join single_customer_view
        on audience_members.person_id = single_customer_view.person_id

    where
        audience_members.audience = 'abandoned_carts'
        and audience_members.is_deliverable
        and single_customer_view.email is not null

)

select * from abandoned_carts
