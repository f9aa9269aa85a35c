insert into ledger.activation.delivery

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    $attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    outcomes.remote_id,
    $idem_key,
    outcomes.outcome,
    outcomes.error_code,
    $now
from ledger.activation.outbox as outbox
inner join (
    select
        unnest(cast($ordinals as bigint [])) as ordinal,
        unnest(cast($outcomes as text [])) as outcome,
        unnest(cast($error_codes as text [])) as error_code,
        unnest(cast($references as text [])) as remote_id
) as outcomes on outbox.ordinal = outcomes.ordinal
where outbox.sync = $sync and outbox.run_no = $run_no and outbox.batch_no = $batch_no
