-- Attempts without an answer that may have started a job all the same, and when that has ended.
insert into ledger.activation.late_attempt

select
    $sync,
    $run_no,
    unnest(cast($batch_no as bigint[])),
    unnest(cast($attempt as bigint[])),
    unnest(cast($lands_by as timestamp[]))
