-- A removal that was to be said again, since a job may have put the unit in after the first one, and
-- that the run does not come to: the unit may be held, so that the next plan takes it out.
insert into ledger.activation.delivery by name

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    0 as attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    'unknown' as outcome,
    'run_aborted' as error_code,
    $now as occurred_at
from ledger.activation.outbox as outbox
anti join (
    select batch_no, ordinal
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no
) as settled using (batch_no, ordinal)
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and outbox.op = 'remove'
    and exists (
        select *
        from ledger.activation.outbox as former
        where
            former.sync = $sync
            and former.run_no = $run_no
            and former.batch_no = outbox.batch_no
            and former.unit_key = outbox.unit_key
            and former.op = 'remove'
            and former.ordinal < outbox.ordinal
    )
