insert into ledger.activation.alert

select $sync, $channel, 1 + coalesce(max(seq), 0), $state, $run_id, $now
from ledger.activation.alert
where sync = $sync and channel = $channel
