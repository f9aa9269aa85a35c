insert into ledger.activation.batch_event

select
    sync,
    run_no,
    batch_no,
    any_value(part),
    attempt,
    2,
    'failed',
    any_value(idem_key),
    any_value(payload_hash),
    null,
    'ambiguous',
    null,
    $now
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and event <> 'split'
group by sync, run_no, batch_no, attempt
having count(*) = 1
