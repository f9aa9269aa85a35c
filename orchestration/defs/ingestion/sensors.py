"""What starts a refresh when files arrive in the raw folder."""

import json

import dagster as dg

from orchestration.defs.monitoring.jobs import refresh
from orchestration.ingestion.arrivals import fingerprint
from orchestration.settings import get_settings


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=30,
    description="Refreshes when files arrive in ONEFOLD_RAW_DIR. Off until it is switched on.",
)
def raw_files_arrived(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for one run per set of files, once two looks in a row have found the same set."""
    raw_dir = get_settings().raw_dir
    if raw_dir is None:
        return dg.SkipReason("ONEFOLD_RAW_DIR is not set, so there is no folder to watch.")

    found = fingerprint(raw_dir)
    if found is None:
        return dg.SkipReason("The raw folder holds no files.")

    cursor = json.loads(context.cursor or "{}")
    # A set that is still changing may hold half a file.
    is_settled = cursor.get("seen") == found
    is_new = cursor.get("requested") != found
    requests = [dg.RunRequest(run_key=found)] if is_settled and is_new else []
    requested = found if requests else cursor.get("requested")

    return dg.SensorResult(
        run_requests=requests, cursor=json.dumps({"seen": found, "requested": requested})
    )
