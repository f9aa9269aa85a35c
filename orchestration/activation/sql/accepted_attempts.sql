select batch_no
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and event = 'accepted'
limit 1
