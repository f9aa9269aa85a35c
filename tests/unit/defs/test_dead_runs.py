"""A run whose process died does not stay `STARTED` for ever."""

import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.monitoring import dead_runs
from orchestration.defs.monitoring.dead_runs import fail_dead_runs, kept_alive
from orchestration.settings import Settings


@dg.op
def nothing() -> None:
    """Do nothing."""


@dg.job
def idle() -> None:
    """Run the one op."""
    nothing()


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """A storage of its own, for runs that are never too young to be dead."""
    monkeypatch.setattr(dead_runs, "YOUNG_SECONDS", 0)
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def started_run(instance: dg.DagsterInstance) -> str:
    """Leave a run behind that was started and never ended."""
    run = instance.create_run_for_job(idle)
    instance.handle_new_event(
        dg.EventLogEntry(
            error_info=None,
            level=10,
            user_message="",
            run_id=run.run_id,
            timestamp=time.time(),
            job_name=idle.name,
            dagster_event=dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, idle.name),
        )
    )
    return run.run_id


def state(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    """Return what Dagster believes of a run."""
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_a_run_of_a_dead_process_is_failed(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    """Nobody holds its lock, so nobody runs it."""
    run_id = started_run(instance)

    assert fail_dead_runs(Settings(home=tmp_path), instance, "mine") == 1
    assert state(instance, run_id) == dg.DagsterRunStatus.FAILURE


def test_a_run_that_waits_for_its_turn_is_left_alone(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    """A second run has started, holds its own lock, and waits for the first one's."""
    settings = Settings(home=tmp_path)
    run_id = started_run(instance)

    with kept_alive(settings, run_id):
        assert fail_dead_runs(settings, instance, "mine") == 0
    assert state(instance, run_id) == dg.DagsterRunStatus.STARTED


def test_nothing_is_left_of_the_locks_of_runs(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    """An hourly run would leave some nine thousand files a year."""
    settings = Settings(home=tmp_path)
    started_run(instance)

    with kept_alive(settings, "mine"):
        fail_dead_runs(settings, instance, "mine")

    assert list((settings.locks_path / "runs").iterdir()) == []


def test_a_run_whose_process_is_being_started_is_left_alone(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    """It may have waited in the queue for long, and has no lock before its process is there."""
    run = instance.create_run_for_job(idle, status=dg.DagsterRunStatus.STARTING)

    assert fail_dead_runs(Settings(home=tmp_path), instance, "mine") == 0
    assert state(instance, run.run_id) == dg.DagsterRunStatus.STARTING
