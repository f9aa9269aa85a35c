with

newest_checkpoint as (
    select coalesce(max(run_no), 0) as run_no
    from ledger.activation.checkpoint
    where sync = $sync
),

row_counts as (
    select count(*) as row_count
    from ledger.activation.delivery
    where sync = $sync and run_no > (select run_no from newest_checkpoint)
    union all
    select sum(1 + last_ordinal - first_ordinal)
    from ledger.activation.batch_delivery
    where sync = $sync and run_no > (select run_no from newest_checkpoint)
)

select
    $run_no - newest_checkpoint.run_no >= $max_runs
    or (select sum(row_count) from row_counts) >= $max_rows
from newest_checkpoint
