-- Rows of a job that were withdrawn while it ran, and whose removal was done before its end: the
-- destination may have found nobody to take out, and put them in thereafter.
select
    outbox.batch_no,
    outbox.ordinal,
    outbox.op,
    true as is_withdrawn,
    true as may_be_applied
from ledger.activation.outbox as outbox
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and outbox.batch_no = $batch_no
    and list_contains($ordinals, outbox.ordinal)
    and exists (
        select *
        from ledger.activation.unit_delivery as settled
        where
            settled.sync = $sync
            and settled.run_no = $run_no
            and settled.batch_no = $batch_no
            and settled.ordinal = outbox.ordinal
            and settled.outcome = 'skipped_consent'
    )
    and exists (
        select *
        from ledger.activation.unit_delivery as removals
        where
            removals.sync = $sync
            and removals.run_no = $run_no
            and removals.batch_no = $batch_no
            and removals.unit_key = outbox.unit_key
            and removals.op = 'remove'
            and removals.outcome in ('acked', 'acked_unverified', 'accepted')
    )
order by outbox.ordinal
