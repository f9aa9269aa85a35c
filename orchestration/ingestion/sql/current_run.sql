select
    run_id,
    run_number,
    started_at,
    run_at,
    onefold_version

from raw_onefold.runs

order by run_number desc

limit 1
