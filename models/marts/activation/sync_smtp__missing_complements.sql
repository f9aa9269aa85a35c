with

audience_members as (

    select * from {{ ref('audience_members') }}

),

audience_missing_complements as (

    select * from {{ ref('audience_missing_complements') }}

),

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

consented_people as (

    {{ consented_to(purpose='marketing', channel='email') }}

),

{# A mail cannot offer what has no name. #}
offers as (

    select
        audience_members.person_id,

        single_customer_view.email,
        single_customer_view.first_name,
        single_customer_view.last_name,
        audience_missing_complements.product_id,
        audience_missing_complements.complement_product_id,
        audience_missing_complements.complement_product_name

    from audience_members

    inner join consented_people
        on audience_members.person_id = consented_people.person_id

    inner join audience_missing_complements
        on audience_members.person_id = audience_missing_complements.person_id

    inner join single_customer_view
        on audience_members.person_id = single_customer_view.person_id

    where
        audience_members.audience = 'missing_complements'
        and audience_members.is_deliverable
        and single_customer_view.email is not null
        and audience_missing_complements.complement_product_name is not null

)

select * from offers
