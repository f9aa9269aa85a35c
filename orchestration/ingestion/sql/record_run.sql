insert into raw_onefold.runs (
    run_id,
    run_number,
    started_at,
    run_at,
    onefold_version
)
values (
    $run_id,
    $run_number,
    $started_at,
    $run_at,
    $onefold_version
)
