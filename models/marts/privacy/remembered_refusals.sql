with

former_refusals as (

    select * from {{ ref('int_privacy__former_refusals') }}

),

named_people as (

    select * from {{ ref('int_privacy__named_people') }}

),

parted_people as (

    select * from {{ ref('parted_people') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# Read when two were taken for one, who have been parted since: the build that parts them reads
   them apart. #}
parts as (

    select
        former_refusals.*,
        parted_people.person_id as remembered_person_id,
        parted_people.other_person_id

    from former_refusals

    left outer join person_redirects
        on former_refusals.former_person_id = person_redirects.former_person_id

    inner join parted_people
        on coalesce(person_redirects.person_id, former_refusals.former_person_id)
        = parted_people.person_id
        and {{ while_together('former_refusals.first_read_at') }}
        and former_refusals.first_read_at < parted_people.parted_at

),

{% set name = ['refusal_type', 'refusal_id', 'name_type', 'given_key', 'name_key'] %}

possible_people as (

    select {{ name | join(', ') }}, former_person_id, remembered_person_id as person_id
    from parts

    union distinct

    select {{ name | join(', ') }}, former_person_id, other_person_id as person_id
    from parts

),

marked_people as (

    select
        possible_people.*,
        max(case when named_people.person_id is not null then 1 else 0 end) over (
            partition by
                possible_people.refusal_type, possible_people.refusal_id,
                possible_people.name_type, possible_people.former_person_id
        ) as is_any_named,
        named_people.person_id is not null as is_named

    from possible_people

    left outer join named_people
        on possible_people.refusal_type = named_people.refusal_type
        and possible_people.refusal_id = named_people.refusal_id
        and possible_people.name_type = named_people.name_type
        and possible_people.person_id = named_people.person_id

),

{# Meant was the part that has the name still; where neither has it, both go on refusing. Whoever
   comes to an address later has refused nothing, and has no part in it after leaving it. #}
read_people as (

    select {{ name | join(', ') }}, person_id
    from marked_people
    where is_named or is_any_named = 0

    union distinct

    select
        {% for column in name %}
            named_people.{{ column }},
        {% endfor %}
        named_people.person_id

    from named_people

    left outer join former_refusals
        on named_people.refusal_type = former_refusals.refusal_type
        and named_people.refusal_id = former_refusals.refusal_id
        and named_people.name_type = former_refusals.name_type

    where former_refusals.refusal_id is null

),

stacked_refusals as (

    select former_refusals.*

    from former_refusals

    left outer join parts
        on former_refusals.refusal_type = parts.refusal_type
        and former_refusals.refusal_id = parts.refusal_id
        and former_refusals.name_type = parts.name_type
        and former_refusals.former_person_id = parts.former_person_id

    where parts.refusal_id is null

    union all

    select
        read_people.*,

        current_run.run_at as first_read_at

    from read_people

    cross join current_run

),

remembered_refusals as (

    select
        {{ name | join(', ') }},
        former_person_id,

        max(first_read_at) as first_read_at

    from stacked_refusals

    group by {{ name | join(', ') }}, former_person_id

)

select * from remembered_refusals
