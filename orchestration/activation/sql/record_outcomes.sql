insert into ledger.activation.batch_delivery

select
    $sync,
    $run_no,
    batch_no,
    attempt,
    first_ordinal,
    last_ordinal,
    remote_id,
    idem_key,
    outcome,
    error_code,
    $now
from new_outcomes
