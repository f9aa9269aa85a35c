select batch_no, ordinal, op, unit_key, match_ref, record
from open_rows
where list_contains($batch_nos, batch_no) and not is_waiting
order by batch_no, ordinal
