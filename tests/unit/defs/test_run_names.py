"""Dagster's own note of a run names it as the tables do."""

import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.ingestion import resources
from orchestration.defs.ingestion.resources import BY_COMMAND_TAG, RUN_ID_TAG, run_session
from orchestration.defs.monitoring.execution import run_name
from orchestration.defs.monitoring.run_events import failure_sentence
from orchestration.errors import BadFileError
from orchestration.locks import hold
from orchestration.run_session import RunSession
from orchestration.settings import Settings


@dg.op
def load(session: dg.ResourceParam[RunSession]) -> None:
    """Fail over the first file, as the load of a source would."""
    assert session.started_run
    raise BadFileError("crm/contacts.csv has no header.")


@dg.job(resource_defs={"session": run_session})
def loading() -> None:
    """Run the one op."""
    load()


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """A storage of its own, for runs that wait for nobody."""
    now = datetime(2026, 5, 1, tzinfo=UTC)
    settings = Settings(home=tmp_path, now=now, lock_timeout_seconds=0)
    monkeypatch.setattr(resources, "get_settings", lambda: settings)
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def _failed(instance: dg.DagsterInstance, **tags: str) -> tuple[str, str | None]:
    run_id = str(uuid.uuid4())
    result = loading.execute_in_process(
        instance=instance,
        raise_on_error=False,
        run_id=run_id,
        tags=tags or {BY_COMMAND_TAG: run_id},
    )
    return str(failure_sentence(result.all_events)), run_name(instance, result.run_id)


def test_a_run_that_fails_while_it_loads_has_its_name(instance: dg.DagsterInstance) -> None:
    """It is in the warehouse, and what it had loaded stays there."""
    sentence, name = _failed(instance)

    assert "BadFileError" in sentence
    assert name == "20260501T000000Z-0001"


def test_a_run_that_never_has_its_turn_has_no_name(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    """The newest run of the warehouse is then another one."""
    with hold(tmp_path / "locks" / "run.lock", 0, lambda _: None):
        sentence, name = _failed(instance)

    assert "run.lock is held" in sentence
    assert name is None


def test_a_run_that_repeats_another_one_takes_neither_its_name_nor_its_patience(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dagster hands the tags of the first one on; nobody waits for the second at a terminal."""
    monkeypatch.setattr(resources, "LONGEST_RUN_SECONDS", 0.5)
    told = {BY_COMMAND_TAG: str(uuid.uuid4()), RUN_ID_TAG: "20260501T000000Z-0001"}
    started = time.monotonic()
    with hold(tmp_path / "locks" / "run.lock", 0, lambda _: None):
        _, name = _failed(instance, **told)

    assert name is None
    assert time.monotonic() - started >= 0.5
