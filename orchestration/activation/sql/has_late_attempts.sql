select batch_no
from ledger.activation.late_attempt
where sync = $sync
limit 1
