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

remembered_people as (

    select distinct
        remembered_refusals.refusal_type,
        remembered_refusals.refusal_id,
        people.person_id,

        remembered_refusals.first_read_at

    from remembered_refusals

    left outer join person_redirects
        on remembered_refusals.former_person_id = person_redirects.former_person_id

    inner join people
        on coalesce(person_redirects.person_id, remembered_refusals.former_person_id)
        = people.person_id

),

{# Meant only as a part of who still has what was refused: the build that parts them, and those
   after it, read them apart. #}
people_read_as_another as (

    select distinct
        remembered_people.refusal_type,
        remembered_people.refusal_id,
        remembered_people.person_id,

        remembered_people.first_read_at

    from remembered_people

    inner join refusals
        on remembered_people.refusal_type = refusals.refusal_type
        and remembered_people.refusal_id = refusals.refusal_id

    inner join parted_people
        on remembered_people.person_id = parted_people.person_id
        and refusals.person_id = parted_people.other_person_id
        and {{ while_together('remembered_people.first_read_at') }}
        and remembered_people.first_read_at < parted_people.parted_at

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

    left outer join people_read_as_another
        on remembered_people.refusal_type = people_read_as_another.refusal_type
        and remembered_people.refusal_id = people_read_as_another.refusal_id
        and remembered_people.person_id = people_read_as_another.person_id
        and remembered_people.first_read_at = people_read_as_another.first_read_at

    where people_read_as_another.person_id is null

)

select * from lasting_refusals
