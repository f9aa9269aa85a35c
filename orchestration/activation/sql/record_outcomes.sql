insert into ledger.activation.delivery

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    outcomes.attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    outcomes.remote_id,
    outcomes.idem_key,
    outcomes.outcome,
    outcomes.error_code,
    $now
from ledger.activation.outbox as outbox
inner join (
    select
        unnest(cast($batch_nos as bigint [])) as batch_no,
        unnest(cast($attempts as bigint [])) as attempt,
        unnest(cast($idem_keys as text [])) as idem_key,
        unnest(cast($ordinals as bigint [])) as ordinal,
        unnest(cast($outcomes as text [])) as outcome,
        unnest(cast($error_codes as text [])) as error_code,
        unnest(cast($references as text [])) as remote_id
) as outcomes
    on outbox.batch_no = outcomes.batch_no
    and outbox.ordinal = outcomes.ordinal
where outbox.sync = $sync and outbox.run_no = $run_no
