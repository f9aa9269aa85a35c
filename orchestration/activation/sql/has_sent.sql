select count(*) > 0
from ledger.activation.batch_event
where sync = $sync
