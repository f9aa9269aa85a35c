-- What was cut off may have started a job, too.
insert into ledger.activation.late_attempt

select $sync, $run_no, batch_no, attempt, $lands_by
from lost_attempts
