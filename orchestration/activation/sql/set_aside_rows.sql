-- Rows that must not be sent are settled, by no attempt.
insert into ledger.activation.delivery by name

select
    sync,
    run_no,
    batch_no,
    ordinal,
    0 as attempt,
    unit_key,
    op,
    row_hash,
    match_ref,
    case when is_withdrawn then 'skipped_consent' else 'superseded' end as outcome,
    $now as occurred_at
from open_rows
where is_withdrawn or is_superseded
