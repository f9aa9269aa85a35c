-- Attempts that were journalled as sent and have no answer: they were cut off, and may be applied.
create or replace temp table lost_attempts as

select
    batch_no,
    attempt,
    any_value(part) as part,
    any_value(idem_key) as idem_key,
    any_value(payload_hash) as payload_hash
from ledger.activation.batch_event
where sync = $sync and run_no = $run_no and event <> 'split'
group by 1, 2
having count(*) = 1
