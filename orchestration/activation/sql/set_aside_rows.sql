-- Rows that must not be sent are settled, by no attempt.
insert into ledger.activation.delivery by name

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    0 as attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    case when open_rows.is_withdrawn then 'skipped_consent' else 'superseded' end as outcome,
    $now as occurred_at
from ledger.activation.outbox as outbox
inner join open_rows
    on outbox.batch_no = open_rows.batch_no
    and outbox.ordinal = open_rows.ordinal
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and (open_rows.is_withdrawn or open_rows.is_superseded)
