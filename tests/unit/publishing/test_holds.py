"""Promises of the hold: nothing goes out from data that a newer run has put in doubt."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.runs import start_run
from orchestration.publishing import holds
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


SOURCE_PAGE = """
sources:
  - name: pos
    config: {freshness: {error_after: {count: 36, period: hour}}}
    tables:
      - {name: transactions, columns: []}
      - {name: loyalty_members, columns: [], config: {freshness: null}}
  - name: crm
    tables: [{name: contacts, columns: []}]
"""


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages of sources, of which one says when it is stale; all delivered at noon."""
    folder = tmp_path / "staging"
    (folder / "pos").mkdir(parents=True)
    (folder / "pos/_pos__sources.yml").write_text(SOURCE_PAGE)
    monkeypatch.setattr(holds, "read_catalog", lambda: read_catalog(folder))
    return folder


def deliver(settings: Settings, *tables: str) -> None:
    """Note that a file of each table was loaded at noon."""
    with connect(settings.warehouse_path) as warehouse:
        for name in tables:
            source, _, table = name.partition(".")
            warehouse.execute(
                "insert into raw_onefold.loaded_files (source_name, table_name, loaded_at) "
                "values ($source, $table, $at)",
                {"source": source, "table": table, "at": NOW.replace(tzinfo=None)},
            )


@pytest.mark.usefixtures("pages")
def test_a_stale_source_holds_all(settings: Settings) -> None:
    """As its page says, or that of its table; without a word there, a source is never stale."""
    deliver(settings, "pos.transactions", "pos.loyalty_members", "crm.contacts")

    in_time = settings.model_copy(update={"now": NOW + timedelta(hours=36)})
    late = settings.model_copy(update={"now": NOW + timedelta(hours=36, seconds=1)})

    assert hold_reason(in_time) is None
    assert hold_reason(late) == (
        "pos.transactions got its last file at 2026-05-01 12:00 UTC, longer ago than 36 hours"
    )


@pytest.mark.usefixtures("pages")
def test_a_source_that_never_delivered_is_not_stale(settings: Settings) -> None:
    """Most companies have no table of each kind."""
    deliver(settings, "crm.contacts")

    assert hold_reason(settings.model_copy(update={"now": NOW + timedelta(days=99)})) is None
