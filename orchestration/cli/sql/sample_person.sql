-- Somebody whom many channels know, yet whose evidence still fits on a screen.
select person_id

from marts.person_records

where person_id is not null

group by person_id

order by
    count(distinct source_name) desc,
    count(distinct record_type) desc,
    abs(count(*) - 8),
    person_id

limit 1
