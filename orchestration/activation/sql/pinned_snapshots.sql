select snapshot_id
from (
    select
        snapshot_id,
        status,
        row_number() over (partition by sync order by run_no desc, seq desc) as recency_rank
    from ledger.activation.run_event
) as runs
where
    recency_rank = 1
    and status in ('planned', 'open', 'failed', 'blocked', 'approved')
    and snapshot_id is not null
