-- Each record with the person it had before and the one it has after.
create temporary table records as
select
    coalesce(former.record_key, present.record_key) as record_key,
    former.person_id as before_person_id,
    present.person_id as after_person_id,
    former.record_key is not null as was_there,
    present.record_key is not null as is_there
from before.marts.person_records as former
full outer join after.marts.person_records as present
    on former.record_key = present.record_key
