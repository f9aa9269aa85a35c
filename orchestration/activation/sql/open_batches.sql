select outbox.batch_no, count(*) as row_count
from ledger.activation.outbox as outbox
anti join (
    select batch_no, ordinal
    from ledger.activation.delivery
    where sync = $sync and run_no = $run_no and outcome not in ('unknown', 'accepted')
) as settled using (batch_no, ordinal)
where outbox.sync = $sync and outbox.run_no = $run_no
group by 1
order by 1
