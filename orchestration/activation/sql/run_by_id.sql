select
    sync,
    run_no,
    run_id,
    status,
    reason,
    added,
    updated,
    removed,
    quarantined,
    spec_hash,
    snapshot_id
from ledger.activation.run_event
where run_id = $run_id
order by seq desc
limit 1
