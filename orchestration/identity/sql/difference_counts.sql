-- The sizes of the difference, in one row.
with

record_counts as (

    select
        count(*) filter (where records.was_there) as records_before,
        count(*) filter (where records.is_there) as records_after,
        count(*) filter (where records.was_there and records.is_there) as records_in_both,
        count(*) filter (
            where
            records.was_there
            and records.is_there
            and not coalesce(
                meetings.is_heir,
                records.before_person_id is null and records.after_person_id is null
            )
        ) as records_moved,
        count(distinct records.before_person_id) as people_before,
        count(distinct records.after_person_id) as people_after
    from records
    left join meetings
        on
            records.before_person_id = meetings.before_person_id
            and records.after_person_id = meetings.after_person_id

),

people_counts as (

    select
        count(distinct after_person_id) filter (where is_merged) as people_merged,
        count(distinct before_person_id) filter (where is_split) as people_split,
        count(*) filter (where is_rekeyed) as people_rekeyed,
        count(distinct after_person_id) as people_with_past,
        count(distinct before_person_id) as people_with_future
    from meetings

)

select
    record_counts.*,
    people_counts.people_merged,
    people_counts.people_split,
    people_counts.people_rekeyed,
    record_counts.people_after - people_counts.people_with_past as people_created,
    record_counts.people_before - people_counts.people_with_future as people_gone
from record_counts
cross join people_counts
