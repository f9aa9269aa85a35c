with

refusals as (

    select * from {{ ref('int_privacy__refusals') }}

),

refusal_names as (

    select * from {{ ref('int_privacy__refusal_names') }}

),

logged_refusals as (

    {{ previous_rows('remembered_refusals', {
        'refusal_type': 'text',
        'refusal_id': 'text',
        'name_type': 'text',
        'given_key': 'text',
        'name_key': 'text',
        'former_person_id': 'text',
        'first_read_at': 'timestamp',
    }) }}

),

present_refusals as (

    select distinct
        refusal_type,
        refusal_id

    from refusals

),

{# Another name of the same kind corrects the former one; another spelling, another normaliser or
   no name does not. #}
former_refusals as (

    select
        logged_refusals.refusal_type,
        logged_refusals.refusal_id,
        logged_refusals.name_type,
        coalesce(refusal_names.given_key, logged_refusals.given_key) as given_key,
        coalesce(refusal_names.name_key, logged_refusals.name_key) as name_key,
        logged_refusals.former_person_id,

        logged_refusals.first_read_at

    from logged_refusals

    inner join present_refusals
        on logged_refusals.refusal_type = present_refusals.refusal_type
        and logged_refusals.refusal_id = present_refusals.refusal_id

    left outer join refusal_names
        on logged_refusals.refusal_type = refusal_names.refusal_type
        and logged_refusals.refusal_id = refusal_names.refusal_id
        and logged_refusals.name_type = refusal_names.name_type

    where
        refusal_names.name_type is null
        or logged_refusals.given_key = refusal_names.given_key
        or logged_refusals.name_key = refusal_names.name_key

)

select * from former_refusals
