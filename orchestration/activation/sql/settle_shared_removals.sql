-- Whoever leaves a record to somebody who stays has left, without a word to the destination.
insert into ledger.activation.delivery by name

select
    sync,
    run_no,
    batch_no,
    ordinal,
    0 as attempt,
    unit_key,
    op,
    row_hash,
    match_ref,
    'acked_unverified' as outcome,
    'kept_for_another' as error_code,
    $now as occurred_at
from ledger.activation.outbox
where
    sync = $sync
    and run_no = $run_no
    and op in ('remove', 'archive')
    and unit_key in (select unit_key from shared_units)
