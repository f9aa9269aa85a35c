insert into ledger.activation.batch_event

select
    $sync,
    $run_no,
    unnest(cast($batch_no as bigint[])),
    unnest(cast($part as text[])),
    unnest(cast($attempt as bigint[])),
    unnest(cast($seq as bigint[])),
    unnest(cast($event as text[])),
    unnest(cast($idem_key as text[])),
    unnest(cast($payload_hash as text[])),
    unnest(cast($http_status as integer[])),
    unnest(cast($error_class as text[])),
    unnest(cast($remote_job as text[])),
    $now
