select outbox.ordinal
from ledger.activation.outbox as outbox
anti join (
    select ordinal
    from ledger.activation.unit_delivery
    where
        sync = $sync
        and run_no = $run_no
        and batch_no = $batch_no
        and outcome not in ('unknown', 'accepted')
) as settled using (ordinal)
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and outbox.batch_no = $batch_no
    and outbox.ordinal between $first and $last
order by 1
