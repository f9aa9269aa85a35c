insert into ledger.activation.batch_delivery

select
    $sync,
    $run_no,
    unnest(cast($batch_no as bigint[])),
    unnest(cast($attempt as bigint[])),
    unnest(cast($first_ordinal as bigint[])),
    unnest(cast($last_ordinal as bigint[])),
    unnest(cast($remote_id as text[])),
    unnest(cast($idem_key as text[])),
    unnest(cast($outcome as text[])),
    unnest(cast($error_code as text[])),
    $now
