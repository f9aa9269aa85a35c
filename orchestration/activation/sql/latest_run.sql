select
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
where sync = $sync
order by run_no desc, seq desc
limit 1
