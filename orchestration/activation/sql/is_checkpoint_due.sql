with

newest_checkpoint as (
    select coalesce(max(run_no), 0) as run_no
    from ledger.activation.checkpoint
    where sync = $sync
)

select
    $run_no - newest_checkpoint.run_no >= $max_runs
    or (
        select count(*)
        from ledger.activation.delivery
        where sync = $sync and run_no > (select run_no from newest_checkpoint)
    ) >= $max_rows
from newest_checkpoint
