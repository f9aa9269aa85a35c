insert into ledger.activation.delivery

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    new_outcomes.attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    new_outcomes.remote_id,
    new_outcomes.idem_key,
    new_outcomes.outcome,
    new_outcomes.error_code,
    $now
from ledger.activation.outbox as outbox
inner join new_outcomes
    on outbox.batch_no = new_outcomes.batch_no
    and outbox.ordinal = new_outcomes.ordinal
where outbox.sync = $sync and outbox.run_no = $run_no
