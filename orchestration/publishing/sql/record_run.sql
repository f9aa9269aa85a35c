-- The session runs in UTC, so an instant becomes its UTC wall time here.
insert into marts.run (
    run_id,
    started_at,
    finished_at,
    onefold_version
)
values (
    $run_id,
    $started_at,
    cast(cast($finished_at as timestamp with time zone) as timestamp),
    $onefold_version
)
