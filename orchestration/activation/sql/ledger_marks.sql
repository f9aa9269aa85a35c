-- Numbers of runs by which the outcomes before them need not be read: known as constants, they
-- let DuckDB leave those out unread.
select
    (
        select coalesce(max(run_no), 0) from ledger.activation.checkpoint where sync = $sync
    ) as checkpoint_run,
    (
        select coalesce(min(run_no), 9223372036854775807)
        from ledger.activation.outbox
        where sync = $sync and op = 'archive'
    ) as first_archive_run
