-- An operation has one final outcome, and until then there may be others; but one that was withdrawn
-- while the destination worked on it may be done all the same. A removal that had to be said twice
-- takes out one.
select
    count(*) filter (where outcome in ('acked', 'acked_unverified') and op = 'add') as added,
    count(*) filter (where outcome in ('acked', 'acked_unverified') and op = 'update') as updated,
    count(distinct unit_key) filter (
        where outcome in ('acked', 'acked_unverified') and op in ('remove', 'archive')
    ) as removed,
    count(*) filter (where outcome = 'rejected') as rejected,
    (
        select count(*) from ledger.activation.outbox
        where sync = $sync and run_no = $run_no
    ) - count(distinct (batch_no, ordinal)) filter (
        where outcome not in ('unknown', 'accepted')
    ) as pending
from ledger.activation.unit_delivery
where sync = $sync and run_no = $run_no
