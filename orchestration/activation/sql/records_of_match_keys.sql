-- A match key is all that is sent, so the plan itself holds it.
select unit_key, cast(json_object('match_key', match_ref) as text) as record
from rows_of_part
