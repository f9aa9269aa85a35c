select count(*) as alert_count, coalesce(arg_max(state, seq), 'ok') as state
from ledger.activation.alert
where sync = $sync and channel = $channel
