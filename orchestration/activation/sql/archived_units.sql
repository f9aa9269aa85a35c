-- What the sync archived last, and what the destination calls it.
create or replace temp table archived_units as

with

effects as (
    select
        unit_key,
        op,
        coalesce(remote_id, match_ref) as reference,
        struct_pack(run_no := run_no, batch_no := batch_no, ordinal := ordinal) as place
    from ledger.activation.unit_delivery
    where
        sync = getvariable('sync')
        and outcome in ('acked', 'acked_unverified', 'accepted', 'unknown')
        and run_no >= getvariable('first_archive_run')
)

select unit_key, arg_max(reference, place) as reference
from effects
group by 1
having arg_max(op, place) = 'archive'
