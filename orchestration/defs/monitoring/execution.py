"""The job `refresh` in the calling process: what `onefold run` and `onefold demo` start."""

import logging
import time
import uuid
import warnings
from collections.abc import Sequence
from typing import Any, cast

import dagster as dg

from orchestration.definitions import build_definitions
from orchestration.defs.ingestion.resources import BY_COMMAND_TAG, RUN_ID_TAG
from orchestration.defs.monitoring.jobs import refresh
from orchestration.defs.monitoring.run_events import Listener, failure_sentence
from orchestration.defs.publishing.assets import PUBLISHED_FILE
from orchestration.defs.transformation.assets import STEP
from orchestration.run_progress import Published, RunOutcome, StepOutcome, Tell
from orchestration.settings import Settings

SILENT = {"console": {"config": {"log_level": "CRITICAL"}}}


def run_refresh(
    settings: Settings, *, full_refresh: bool, is_syncing: bool, tell: Tell
) -> RunOutcome:
    """Execute the job that Dagster schedules, and tell what happens meanwhile.

    Raises:
        BuildError: the dbt project does not parse.
    """
    _silence_dagster()
    started = time.monotonic()
    job = build_definitions(settings).resolve_job_def(refresh.name)
    dagster_run_id = str(uuid.uuid4())

    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        instance.add_event_listener(dagster_run_id, Listener(tell))
        result = job.execute_in_process(
            run_config={
                "loggers": SILENT,
                "ops": {STEP: {"config": {"full_refresh": full_refresh}}},
            },
            instance=instance,
            raise_on_error=False,
            run_id=dagster_run_id,
            tags={BY_COMMAND_TAG: dagster_run_id},
            asset_selection=None if is_syncing else _without_activation(job),
        )
        run_id = run_name(instance, dagster_run_id)

    return RunOutcome(
        run_id=run_id,
        is_success=result.success,
        failure=failure_sentence(result.all_events),
        seconds=time.monotonic() - started,
        steps=_steps(result.all_events),
        deliveries=_deliveries(result.all_events),
        published=_published(result.all_events),
    )


def _silence_dagster() -> None:
    """Leave the terminal to our own words; Dagster keeps its events in its storage anyway."""
    warnings.simplefilter("ignore")
    logging.getLogger("dagster").setLevel(logging.CRITICAL)


def _without_activation(job: dg.JobDefinition) -> list[dg.AssetKey]:
    return [key for key in job.asset_layer.executable_asset_keys if not _is_delivery(key)]


def _is_delivery(key: dg.AssetKey) -> bool:
    return key.path[0] == "activation"


def _steps(events: Sequence[dg.DagsterEvent]) -> list[StepOutcome]:
    outcomes = []
    for event in events:
        if event.is_step_success:
            milliseconds = event.step_success_data.duration_ms
            outcomes.append(StepOutcome(str(event.step_key), milliseconds / 1000, is_success=True))
        elif event.is_step_failure:
            outcomes.append(StepOutcome(str(event.step_key), 0.0, is_success=False))
    return outcomes


def run_name(instance: dg.DagsterInstance, dagster_run_id: str) -> str | None:
    """Return the run as the tables name it; Dagster's own name for it stays in its storage."""
    run = instance.get_run_by_id(dagster_run_id)
    return (run.tags.get(RUN_ID_TAG) or None) if run else None


def _deliveries(events: Sequence[dg.DagsterEvent]) -> list[dict[str, Any]]:
    """Return the reports of the syncs by name, as their assets left them in the run's events."""
    deliveries = [
        {"sync": found.asset_key.path[-1]}
        | {name: value.value for name, value in found.metadata.items()}
        for found in _materializations(events)
        if _is_delivery(found.asset_key) and "status" in found.metadata
    ]
    return sorted(deliveries, key=lambda delivery: str(delivery["sync"]))


def _published(events: Sequence[dg.DagsterEvent]) -> Published | None:
    """Return what the published file said when this run had made it."""
    for found in _materializations(events):
        if found.asset_key == PUBLISHED_FILE:
            loads, people = (found.metadata[name].value for name in ("loads", "people"))
            return Published(loads=cast("list[dict[str, Any]]", loads), people=cast("int", people))
    return None


def _materializations(events: Sequence[dg.DagsterEvent]) -> list[dg.AssetMaterialization]:
    return [
        event.step_materialization_data.materialization
        for event in events
        if event.is_step_materialization
    ]
