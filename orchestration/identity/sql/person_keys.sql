select record_key
from marts.person_records
where person_id = $person_id
order by record_key
