select $run_no - coalesce(max(run_no), 0)
from ledger.activation.checkpoint
where sync = $sync
