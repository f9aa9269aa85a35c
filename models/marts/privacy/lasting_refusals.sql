with

refusals as (

    select * from {{ ref('int_privacy__refusals') }}

),

remembered_refusals as (

    select * from {{ ref('remembered_refusals') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

people as (

    select * from {{ ref('people') }}

),

remembered_people as (

    select distinct
        remembered_refusals.refusal_type,
        remembered_refusals.refusal_id,
        people.person_id

    from remembered_refusals

    left outer join person_redirects
        on remembered_refusals.former_person_id = person_redirects.former_person_id

    inner join people
        on coalesce(person_redirects.person_id, remembered_refusals.former_person_id)
        = people.person_id

),

{# A refusal stays with whom it meant, also where what it names is theirs no more. #}
lasting_refusals as (

    select
        refusal_type,
        refusal_id,
        person_id,

        refused_at

    from refusals

    where person_id is not null

    union distinct

    select
        refusals.refusal_type,
        refusals.refusal_id,
        remembered_people.person_id,

        refusals.refused_at

    from refusals

    inner join remembered_people
        on refusals.refusal_type = remembered_people.refusal_type
        and refusals.refusal_id = remembered_people.refusal_id

)

select * from lasting_refusals
