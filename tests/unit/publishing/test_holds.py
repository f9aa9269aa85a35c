"""Promises of the hold: nothing goes out from data that a newer run has put in doubt."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.ingestion.runs import start_run
from orchestration.publishing.holds import hold_reason
from orchestration.settings import Settings
from orchestration.warehouse import connect

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose only run is published."""
    home = Settings(home=tmp_path)
    with connect(home.warehouse_path) as warehouse:
        run = start_run(warehouse, lambda: NOW)
    with connect(home.published_path) as published:
        published.execute("create schema marts")
        published.execute(
            "create table marts.run as select $run_id as run_id", {"run_id": run.run_id}
        )
    return home


def test_a_published_run_holds_nothing(settings: Settings) -> None:
    """Nor does a home that has never had a run."""
    assert hold_reason(settings) is None
    assert hold_reason(Settings(home=settings.home / "other")) is None


def test_a_run_that_was_not_published_holds_all(settings: Settings) -> None:
    """It is named, so that its log can be found."""
    with connect(settings.warehouse_path) as warehouse:
        newest = start_run(warehouse, lambda: NOW)

    assert newest.run_id in (hold_reason(settings) or "")
