-- In the same batch, behind the rows planned: a removal replaces the row that is not sent, so
-- the batch does not grow beyond its size.
insert into ledger.activation.outbox

select
    sync,
    run_no,
    batch_no,
    (
        select max(ordinal)
        from ledger.activation.outbox
        where sync = $sync and run_no = $run_no and batch_no = $batch_no
    ) + row_number() over (order by ordinal),
    'remove',
    unit_key,
    -- Where the destination never told what it calls the unit, the row helps to find it.
    row_hash,
    prev_hash,
    match_ref,
    null
from ledger.activation.outbox
where
    sync = $sync
    and run_no = $run_no
    and batch_no = $batch_no
    and ordinal in (select unnest(cast($ordinals as bigint [])))
