with

lasting_refusals as (

    select * from {{ ref('lasting_refusals') }}

),

parted_people as (

    select * from {{ ref('parted_people') }}

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
