-- What the sync archived last, and what the destination calls it.
create or replace temp table archived_units as

select
    unit_key,
    arg_max(
        coalesce(remote_id, match_ref),
        struct_pack(run_no := run_no, batch_no := batch_no, ordinal := ordinal)
    ) as reference
from ledger.activation.delivery
where sync = $sync and outcome in ('acked', 'acked_unverified', 'accepted', 'unknown')
group by 1
having
    arg_max(op, struct_pack(run_no := run_no, batch_no := batch_no, ordinal := ordinal))
    = 'archive'
