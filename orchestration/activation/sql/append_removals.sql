-- Whom the destination holds, or may hold, without consent by now, leaves with the same batch: a
-- removal replaces the row that is not sent, so that the batch does not grow beyond its size.
insert into ledger.activation.outbox by name

with

places as (
    select outbox.sync, outbox.run_no, outbox.batch_no, max(outbox.ordinal) as last_ordinal
    from ledger.activation.outbox as outbox
    semi join open_rows using (sync, run_no, batch_no)
    group by 1, 2, 3
)

select
    open_rows.sync,
    open_rows.run_no,
    open_rows.batch_no,
    places.last_ordinal
    + row_number() over (partition by open_rows.batch_no order by open_rows.ordinal) as ordinal,
    'remove' as op,
    open_rows.unit_key,
    -- Where the destination never told what it calls the unit, the row helps to find it.
    open_rows.row_hash,
    open_rows.match_ref
from open_rows
inner join places using (sync, run_no, batch_no)
where open_rows.is_withdrawn and (open_rows.op = 'update' or open_rows.may_be_applied)
