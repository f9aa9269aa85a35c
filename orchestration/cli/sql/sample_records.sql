select
    source_name,
    record_type,
    record_id,
    first_seen_at,
    last_seen_at

from marts.person_records

where person_id = $person_id

order by
    source_name,
    record_type,
    record_id
