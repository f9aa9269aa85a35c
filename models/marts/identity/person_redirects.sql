with

former_redirects as (

    {{ previous_rows('person_redirects', {'former_person_id': 'text', 'person_id': 'text'}) }}

),

changes as (

    select * from {{ ref('int_identity__changes') }}

    where change = 'merged'

),

person_ids as (

    select * from {{ ref('int_identity__person_ids') }}

),

{# Chains are shortened when they are written, so that every id resolves in one join. #}
all_redirects as (

    select
        former_redirects.former_person_id,
        coalesce(changes.other_person_id, former_redirects.person_id) as person_id

    from former_redirects

    left outer join changes
        on former_redirects.person_id = changes.person_id

    union distinct

    select
        person_id as former_person_id,
        other_person_id as person_id

    from changes

),

person_redirects as (

    select
        all_redirects.former_person_id,
        all_redirects.person_id

    from all_redirects

    left outer join person_ids
        on all_redirects.former_person_id = person_ids.person_id

    where person_ids.person_id is null

)

select * from person_redirects
