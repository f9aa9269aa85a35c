with

refusals as (

    select * from {{ ref('int_privacy__refusals') }}

),

former_refusals as (

    {{ previous_rows('remembered_refusals', {
        'refusal_key': 'text', 'former_person_id': 'text'
    }) }}

),

{# Whoever comes to an address later has refused nothing, and has no part in it after leaving it. #}
remembered_refusals as (

    select
        refusal_key,
        former_person_id

    from former_refusals

    where refusal_key in (select refusals.refusal_key from refusals)

    union all

    select
        refusal_key,
        person_id as former_person_id

    from refusals

    where
        person_id is not null
        and refusal_key not in (select former_refusals.refusal_key from former_refusals)

)

select * from remembered_refusals
