-- Whether a run has somebody to put in, or to tell anew, of whom it is not known how that ended.
select outbox.ordinal
from ledger.activation.outbox as outbox
anti join (
    select batch_no, ordinal
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no and outcome not in ('unknown', 'accepted')
) as settled using (batch_no, ordinal)
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and outbox.op not in ('remove', 'archive')
limit 1
