"""The main job and its clock."""

import dagster as dg

# One process for all steps: DuckDB has one writer, and each further process would cost seconds.
refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Load, build, test, publish, sync.",
)

hourly = dg.ScheduleDefinition(
    name="refresh_hourly",
    job=refresh,
    cron_schedule="0 * * * *",
    execution_timezone="UTC",
    description="Refreshes every hour. Off until it is switched on in the UI.",
)
