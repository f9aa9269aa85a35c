-- The unit of both destinations is the person; of an audience it would be a match key.
insert into ledger.activation.unit_person

select $sync, $run_no, unit_key, unit_key
from planned_operations
where is_due and (is_withdrawn or not $only_withdrawn)
