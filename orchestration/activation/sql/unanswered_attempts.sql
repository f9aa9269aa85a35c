select batch_no
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and event <> 'split'
group by batch_no, attempt
having count(*) = 1
limit 1
