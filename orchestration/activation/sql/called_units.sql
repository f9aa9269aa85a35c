-- What the destination called units: told by it, or else known when it was planned. Of the attempts
-- of one operation the one that was told counts: it may have given another name than was planned.
create or replace temp view called_units as

select
    unit_key,
    op,
    coalesce(remote_id, match_ref) as reference,
    struct_pack(
        run_no := run_no, batch_no := batch_no, ordinal := ordinal, is_told := remote_id is not null
    ) as place
from ledger.activation.unit_delivery
where
    sync = getvariable('sync')
    and coalesce(remote_id, match_ref) is not null
    and run_no > getvariable('checkpoint_run')
union all
select
    unit_key,
    'add',
    coalesce(remote_id, match_ref) as reference,
    struct_pack(run_no := run_no, batch_no := 0, ordinal := 0, is_told := true) as place
from ledger.activation.checkpoint
where
    sync = getvariable('sync')
    and coalesce(remote_id, match_ref) is not null
    and run_no = getvariable('checkpoint_run')
