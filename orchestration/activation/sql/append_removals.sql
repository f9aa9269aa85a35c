-- Whom the destination holds, or may hold, without consent by now, leaves with the same batch: a
-- removal replaces the row that is not sent, so that the batch does not grow beyond its size.
insert into ledger.activation.outbox by name

with

withdrawn_rows as (
    select outbox.*
    from ledger.activation.outbox as outbox
    inner join open_rows
        on outbox.batch_no = open_rows.batch_no
        and outbox.ordinal = open_rows.ordinal
    where
        outbox.sync = $sync
        and outbox.run_no = $run_no
        and open_rows.is_withdrawn
        and (open_rows.op = 'update' or open_rows.may_be_applied)
),

places as (
    select outbox.batch_no, max(outbox.ordinal) as last_ordinal
    from ledger.activation.outbox as outbox
    semi join withdrawn_rows using (sync, run_no, batch_no)
    group by 1
)

select
    withdrawn_rows.sync,
    withdrawn_rows.run_no,
    withdrawn_rows.batch_no,
    places.last_ordinal
    + row_number() over (
        partition by withdrawn_rows.batch_no order by withdrawn_rows.ordinal
    ) as ordinal,
    'remove' as op,
    withdrawn_rows.unit_key,
    -- Where the destination never told what it calls the unit, the row helps to find it.
    withdrawn_rows.row_hash,
    withdrawn_rows.match_ref
from withdrawn_rows
inner join places on withdrawn_rows.batch_no = places.batch_no
