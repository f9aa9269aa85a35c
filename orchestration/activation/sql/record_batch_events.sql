insert into ledger.activation.batch_event

select
    $sync,
    $run_no,
    batch_no,
    part,
    attempt,
    seq,
    event,
    idem_key,
    payload_hash,
    http_status,
    error_class,
    remote_job,
    $now
from new_batch_events
