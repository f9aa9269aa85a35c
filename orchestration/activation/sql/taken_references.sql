-- References that the run has put somebody in under, and that somebody else is yet to leave.
with

settled as (
    select batch_no, ordinal, op, remote_id, outcome
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no and outcome not in ('unknown', 'accepted')
),

open_updates as (
    select outbox.match_ref
    from ledger.activation.outbox as outbox
    anti join settled using (batch_no, ordinal)
    where
        outbox.sync = $sync
        and outbox.run_no = $run_no
        and outbox.op = 'update'
        and outbox.match_ref is not null
)

select distinct remote_id
from settled
where
    outcome in ('acked', 'acked_unverified')
    and op not in ('remove', 'archive')
    and remote_id in (select match_ref from open_updates)
