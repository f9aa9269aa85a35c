-- Which people of before and after have records in common. A person's heir is whoever has most of
-- its records, if the heir's records came mostly from that person; ids play no part in it.
create temporary table meetings as
with

counted as (

    select
        before_person_id,
        after_person_id,
        min(record_key) as record_key,
        count(*) as record_count
    from records
    where before_person_id is not null and after_person_id is not null
    group by before_person_id, after_person_id

),

ranked as (

    select
        *,
        count(*) over (partition by before_person_id) as heir_candidates,
        count(*) over (partition by after_person_id) as ancestors,
        row_number() over (
            partition by before_person_id
            order by record_count desc, before_person_id <> after_person_id, after_person_id
        ) as before_rank,
        row_number() over (
            partition by after_person_id
            order by record_count desc, before_person_id <> after_person_id, before_person_id
        ) as after_rank
    from counted

)

select
    before_person_id,
    after_person_id,
    record_key,
    record_count,
    ancestors > 1 as is_merged,
    heir_candidates > 1 as is_split,
    before_rank = 1 and after_rank = 1 as is_heir,
    ancestors = 1 and heir_candidates = 1 and before_person_id <> after_person_id as is_rekeyed
from ranked
