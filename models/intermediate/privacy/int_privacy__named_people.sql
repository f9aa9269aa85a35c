with

refusal_names as (

    select * from {{ ref('int_privacy__refusal_names') }}

),

identifier_holders as (

    select * from {{ ref('int_privacy__identifier_holders') }}

),

named_people as (

    select
        refusal_names.refusal_type,
        refusal_names.refusal_id,
        refusal_names.name_type,
        refusal_names.given_key,
        refusal_names.name_key,
        identifier_holders.person_id

    from refusal_names

    inner join identifier_holders
        on refusal_names.identifier_type = identifier_holders.identifier_type
        and refusal_names.identifier_value = identifier_holders.identifier_value

)

select * from named_people
