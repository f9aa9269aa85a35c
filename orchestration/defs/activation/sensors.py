"""What takes up deliveries that were interrupted."""

import json
import time
from collections.abc import Sequence

import dagster as dg

from orchestration.activation import SyncDeclaration, interrupted_runs, sync_status
from orchestration.activation.destinations.registry import missing_settings
from orchestration.defs.activation.assets import PUBLISHED_ACTIVATION
from orchestration.defs.monitoring.dead_runs import fail_dead_runs
from orchestration.locks import is_held
from orchestration.publishing.holds import hold_reason
from orchestration.settings import Settings, get_settings

# A run may be put off by its destination, for longer than a run waits; no use in asking sooner.
AGAIN_AFTER_SECONDS = 600
ALREADY_TOLD = {"failed", "open", "not_configured"}
AT_WORK = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def resuming_sensor(syncs: Sequence[SyncDeclaration]) -> dg.SensorDefinition:
    """Build the sensor that watches over all syncs."""

    @dg.sensor(
        name="interrupted_deliveries",
        target=dg.AssetSelection.groups("activation"),
        minimum_interval_seconds=60,
        description="Resumes runs of syncs that were killed or put off. Off until switched on.",
    )
    def resumption(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Ask for one run of all interrupted syncs, once nothing else is at work."""
        settings = get_settings()
        # Dagster's queue waits for them, and so would the run that is asked for here.
        fail_dead_runs(settings, context.instance)
        if is_held(settings.locks_path / "run.lock") or _is_at_work(context.instance):
            return dg.SkipReason("A run is going on.")

        asked_at: dict[str, float] = json.loads(context.cursor or "{}")
        runs = interrupted_runs(settings, syncs) | held_back(settings, syncs)
        due = {
            sync: run_id
            for sync, run_id in runs.items()
            if time.time() - asked_at.get(run_id, 0) >= AGAIN_AFTER_SECONDS
        }
        if not due:
            return dg.SkipReason("All were taken up already." if runs else "No run is interrupted.")

        now = dict.fromkeys(due.values(), time.time())
        remembered = {run_id: asked_at[run_id] for run_id in runs.values() if run_id in asked_at}
        keys = [dg.AssetKey(["activation", sync]) for sync in sorted(due)]
        return dg.SensorResult(
            run_requests=[dg.RunRequest(asset_selection=[*keys, PUBLISHED_ACTIVATION])],
            cursor=json.dumps(remembered | now),
        )

    return resumption


def held_back(settings: Settings, syncs: Sequence[SyncDeclaration]) -> dict[str, str]:
    """Return, by sync, what holds it back and was not told yet, as after a refresh that failed."""
    reason = hold_reason(settings) if settings.published_path.is_file() else None
    told = [sync for sync in syncs if reason and not missing_settings(sync.destination)]
    reports = sync_status(settings, told)
    return {
        report.sync: str(reason)
        for report in reports
        if report.status not in ALREADY_TOLD and str(reason) not in (report.reason or "")
    }


def _is_at_work(instance: dg.DagsterInstance) -> bool:
    return instance.get_runs_count(dg.RunsFilter(statuses=AT_WORK)) > 0
