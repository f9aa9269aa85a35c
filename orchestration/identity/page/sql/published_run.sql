-- The run that made the published file.
select
    run_id,
    finished_at,
    onefold_version
from marts.run
