"""What a run tells of itself when another one has begun, or published, before its end."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.cli import refreshing
from orchestration.defs.monitoring import execution
from orchestration.ingestion.runs import Run
from orchestration.run_progress import Published, RunOutcome
from orchestration.settings import Settings

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = Run("later", 2, NOON, NOON, "1")
LOADS = [{"source": "crm", "table": "contacts", "rows_read": 3}]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home in which another run has become the newest."""
    monkeypatch.setattr(refreshing, "newest_run", lambda _: LATER)
    monkeypatch.setattr(refreshing, "loads_of_newest_run", lambda _: LOADS)
    monkeypatch.setattr(refreshing, "ensure_manifest", lambda *_, **__: {})
    monkeypatch.setattr(refreshing, "export_environment", lambda: None)
    (tmp_path / "warehouse.duckdb").touch()
    return Settings(home=tmp_path)


def _told(settings: Settings, outcome: RunOutcome, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(execution, "run_refresh", lambda *_, **__: outcome)
    told = refreshing.refresh(settings, full_refresh=False, is_syncing=True).document()
    return told["run_id"], told["loads"], told["people"]


def test_a_run_that_was_overtaken_while_it_delivered_tells_of_itself(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The published file is that of the other run by then."""
    outcome = RunOutcome("own", True, None, 1.0, published=Published(LOADS, 5))

    assert _told(settings, outcome, monkeypatch) == ("own", LOADS, 5)


def test_a_run_that_failed_tells_nothing_of_the_next_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which may have begun as soon as it let go of the lock."""
    outcome = RunOutcome("own", False, "A test failed.", 1.0)

    assert _told(settings, outcome, monkeypatch) == ("own", [], None)


def test_a_run_that_failed_while_it_loaded_tells_what_it_loaded(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was noted before its first load."""
    monkeypatch.setattr(refreshing, "_held_back", lambda _: [])
    outcome = RunOutcome(LATER.run_id, False, "A file is broken.", 1.0)

    assert _told(settings, outcome, monkeypatch) == ("later", LOADS, None)


def test_a_run_that_never_had_its_turn_tells_nothing_and_delivers_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run it waited for may have been noted meanwhile, and is not its own."""
    begun: list[object] = []
    monkeypatch.setattr(refreshing, "_held_back", lambda _: begun.append(True) or [])
    outcome = RunOutcome(None, False, "run.lock is held by another process.", 1.0)

    assert _told(settings, outcome, monkeypatch) == (None, [], None)
    assert begun == []


def test_why_rows_of_a_run_stand_refused_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To people and to machines, of the syncs that had refusals."""
    counts = dict.fromkeys(("added", "updated", "removed", "pending"), 0)
    fine = {"sync": "one", **counts, "rejected": 0, "status": "done"}
    refused = {"sync": "two", **counts, "rejected": 2, "status": "done_with_rejects"}
    deliveries = [fine, refused | {"refused_reasons": {"bad_email": 2}}]
    outcome = RunOutcome(
        "own", True, None, 1.0, deliveries=deliveries, published=Published(LOADS, 5)
    )
    monkeypatch.setattr(execution, "run_refresh", lambda *_, **__: outcome)

    report = refreshing.refresh(settings, full_refresh=False, is_syncing=True)
    refreshing.show_report(report, as_json=True)

    told = capsys.readouterr()
    assert told.err.strip() == "two: refused 2: bad_email 2"
    assert [each.get("refused_reasons") for each in json.loads(told.out)["deliveries"]] == [
        None,
        {"bad_email": 2},
    ]
