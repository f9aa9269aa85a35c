with

refusals as (

    select * from {{ ref('int_privacy__refusals') }}

),

remembered_refusals as (

    select * from {{ ref('remembered_refusals') }}

),

parted_people as (

    select * from {{ ref('parted_people') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

people as (

    select * from {{ ref('people') }}

),

{# Who was parted from the one who refused has own decisions back; what they refused together
   follows below. #}
people_without_part as (

    select distinct
        refusals.refusal_key,
        parted_people.person_id

    from refusals

    inner join parted_people
        on refusals.person_id = parted_people.other_person_id

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
        people.person_id,

        refusals.refused_at

    from refusals

    inner join remembered_refusals
        on refusals.refusal_key = remembered_refusals.refusal_key

    left outer join person_redirects
        on remembered_refusals.former_person_id = person_redirects.former_person_id

    inner join people
        on coalesce(person_redirects.person_id, remembered_refusals.former_person_id)
        = people.person_id

    left outer join people_without_part
        on refusals.refusal_key = people_without_part.refusal_key
        and people.person_id = people_without_part.person_id

    where people_without_part.person_id is null

),

{# What a person refused while two were taken for one is refused by both of them. #}
refusal_subjects as (

    select
        refusal_type,
        refusal_id,
        person_id

    from lasting_refusals

    union distinct

    select
        lasting_refusals.refusal_type,
        lasting_refusals.refusal_id,
        parted_people.other_person_id as person_id

    from lasting_refusals

    inner join parted_people
        on lasting_refusals.person_id = parted_people.person_id
        and {{ while_together('lasting_refusals.refused_at') }}

)

select * from refusal_subjects
