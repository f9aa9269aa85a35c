-- The largest merged, split and re-keyed people, each part with one of its records.
with

parts as (

    select
        'merged' as kind,
        after_person_id as person_id,
        before_person_id as part_id,
        record_key,
        record_count
    from meetings
    where is_merged

    union all

    select
        'split' as kind,
        before_person_id as person_id,
        after_person_id as part_id,
        record_key,
        record_count
    from meetings
    where is_split

    union all

    select
        'rekeyed' as kind,
        before_person_id as person_id,
        after_person_id as part_id,
        record_key,
        record_count
    from meetings
    where is_rekeyed

),

people as (

    select
        kind,
        person_id,
        list(part_id order by record_count desc, part_id) as part_ids,
        list(record_key order by record_count desc, part_id) as record_keys,
        row_number() over (
            partition by kind
            order by count(*) desc, sum(record_count) desc, person_id
        ) as place
    from parts
    group by kind, person_id

)

select
    kind,
    person_id,
    part_ids[:$part_count] as part_ids,
    record_keys[:$part_count] as record_keys
from people
where place <= $example_count
order by kind, place
