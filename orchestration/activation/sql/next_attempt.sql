select 1 + coalesce(max(attempt), 0)
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and batch_no = $batch_no
