select batch_no, max(attempt)
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and list_contains($batch_nos, batch_no)
group by 1
