-- Removals first: whoever is to leave has left before anybody is added.
insert into ledger.activation.outbox

with

earlier_batches as (
    select coalesce(max(batch_no), 0) as batch_no
    from ledger.activation.outbox
    where sync = $sync and run_no = $run_no
),

placed as (
    select
        *,
        row_number() over (
            order by case op when 'remove' then 1 when 'update' then 2 else 3 end, unit_key
        ) - 1 as place
    from planned_operations
    where is_due and (is_withdrawn or not $only_withdrawn)
)

select
    $sync,
    $run_no,
    earlier_batches.batch_no + 1 + placed.place // $batch_size,
    1 + placed.place % $batch_size,
    placed.op,
    placed.unit_key,
    placed.row_hash,
    placed.prev_hash,
    null,
    null
from placed
cross join earlier_batches
