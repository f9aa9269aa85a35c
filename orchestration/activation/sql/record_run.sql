insert into ledger.activation.run_event

select
    $sync,
    $run_no,
    1 + coalesce(max(seq), 0),
    $run_id,
    $status,
    $reason,
    $added,
    $updated,
    $removed,
    $quarantined,
    $spec_hash,
    $snapshot_id,
    $now
from ledger.activation.run_event
where sync = $sync and run_no = $run_no
