insert into ledger.activation.batch_event

select
    $sync,
    $run_no,
    $batch_no,
    $part,
    $attempt,
    1 + count(*),
    $event,
    $idem_key,
    $payload_hash,
    $http_status,
    $error_class,
    $remote_job,
    $now
from ledger.activation.batch_event
where
    sync = $sync
    and run_no = $run_no
    and batch_no = $batch_no
    and attempt = $attempt
    and event <> 'split'
