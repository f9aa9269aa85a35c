with

outcomes as (
    select
        batch_no,
        ordinal,
        any_value(op) as op,
        bool_or(outcome in ('acked', 'acked_unverified')) as is_acked,
        bool_or(outcome = 'rejected') as is_rejected,
        bool_or(outcome not in ('unknown', 'accepted')) as is_settled
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no
    group by 1, 2
)

select
    count(*) filter (where is_acked and op = 'add') as added,
    count(*) filter (where is_acked and op = 'update') as updated,
    count(*) filter (where is_acked and op in ('remove', 'archive')) as removed,
    count(*) filter (where is_rejected) as rejected,
    (
        select count(*) from ledger.activation.outbox
        where sync = $sync and run_no = $run_no
    ) - count(*) filter (where is_settled) as pending
from outcomes
