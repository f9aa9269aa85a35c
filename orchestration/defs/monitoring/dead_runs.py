"""Runs that Dagster believes to be alive although their process has died."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from orchestration.errors import BusyError
from orchestration.locks import hold, remove
from orchestration.settings import Settings

# Between Dagster's note of a start and our lock there are milliseconds.
YOUNG_SECONDS = 5
# A run that is being started has no process yet; Dagster itself gives up on it in the end.
UNFINISHED = [
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@contextmanager
def kept_alive(settings: Settings, run_id: str) -> Iterator[None]:
    """Show to others that a run lives: it holds a lock that the kernel frees at its death."""
    try:
        with hold(_lock_path(settings, run_id), 0, _quietly):
            yield
    finally:
        remove(_lock_path(settings, run_id))


def fail_dead_runs(
    settings: Settings, instance: dg.DagsterInstance, own_run_id: str | None = None
) -> int:
    """Mark the runs of dead processes as failed, and return how many there were."""
    dead = [
        record.dagster_run
        for record in instance.get_run_records(dg.RunsFilter(statuses=UNFINISHED))
        if record.dagster_run.run_id != own_run_id and _is_dead(settings, record)
    ]
    for run in dead:
        instance.report_run_failed(run, "The process of this run died before its end.")
        remove(_lock_path(settings, run.run_id))

    return len(dead)


def _is_dead(settings: Settings, record: dg.RunRecord) -> bool:
    age = datetime.now(UTC).timestamp() - (record.start_time or record.create_timestamp.timestamp())
    if age < YOUNG_SECONDS:
        return False

    with suppress(BusyError), hold(_lock_path(settings, record.dagster_run.run_id), 0, _quietly):
        return True
    return False


def _lock_path(settings: Settings, run_id: str) -> Path:
    return settings.locks_path / "runs" / f"{run_id}.lock"


def _quietly(_sentence: str) -> None:
    """Say nothing: whoever does not wait has nothing to tell."""
