insert into ledger.activation.batch_event

select
    $sync,
    $run_no,
    batch_no,
    part,
    attempt,
    2,
    'failed',
    idem_key,
    payload_hash,
    null,
    'ambiguous',
    null,
    $now
from lost_attempts
