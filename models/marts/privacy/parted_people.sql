with

identity_changes as (

    select * from {{ ref('identity_changes') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

people as (

    select * from {{ ref('people') }}

),

splits as (

    select
        person_id,
        other_person_id,

        changed_at as parted_at

    from identity_changes

    where change = 'split'

),

{# Who was never joined has been one person from the start. #}
dated_splits as (

    select
        splits.person_id,
        splits.other_person_id,

        max(joinings.changed_at) as joined_at,
        splits.parted_at

    from splits

    left outer join identity_changes as joinings
        on splits.person_id = joinings.person_id
        and joinings.change = 'merged'
        and splits.parted_at >= joinings.changed_at

    group by 1, 2, 4

),

both_ways as (

    select
        person_id,
        other_person_id,

        joined_at,
        parted_at

    from dated_splits

    union distinct

    select
        other_person_id as person_id,
        person_id as other_person_id,

        joined_at,
        parted_at

    from dated_splits

),

{# Under the ids of now; who is one person again is no longer parted. #}
present_pairs as (

    select distinct
        coalesce(redirects.person_id, both_ways.person_id) as person_id,
        coalesce(other_redirects.person_id, both_ways.other_person_id) as other_person_id,

        both_ways.joined_at,
        both_ways.parted_at

    from both_ways

    left outer join person_redirects as redirects
        on both_ways.person_id = redirects.former_person_id

    left outer join person_redirects as other_redirects
        on both_ways.other_person_id = other_redirects.former_person_id

),

parted_people as (

    select
        present_pairs.person_id,
        present_pairs.other_person_id,

        present_pairs.joined_at,
        present_pairs.parted_at

    from present_pairs

    inner join people
        on present_pairs.person_id = people.person_id

    inner join people as other_people
        on present_pairs.other_person_id = other_people.person_id

    where present_pairs.person_id <> present_pairs.other_person_id

)

select * from parted_people
