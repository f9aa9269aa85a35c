-- The records of some people, and some records by their keys.
select
    record_key,
    source_name,
    record_type,
    record_id,
    person_id
from marts.person_records
where
    person_id in (select unnest($person_ids))
    or record_key in (select unnest($record_keys))
order by record_key
