select distinct cast(part as bigint) as first_ordinal
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and batch_no = $batch_no and event = 'split'
order by 1
