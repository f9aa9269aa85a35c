"""A source that fell silent is told; one that never spoke is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.ingestion.assets import source_asset
from orchestration.run_session import RunSession
from orchestration.settings import Settings

LOADED_AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def freshness(home: Path, now: datetime) -> dg.AssetCheckEvaluation:
    """Load the contacts of a folder at one moment, and return how fresh they are then."""
    settings = Settings(home=home / "home", raw_dir=home / "raw", now=now)
    with RunSession(settings) as session:
        result = dg.materialize([source_asset("crm")], resources={"session": session})
    [check] = result.get_asset_check_evaluations()
    return check


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with one contact, loaded at noon."""
    (tmp_path / "raw/crm").mkdir(parents=True)
    (tmp_path / "raw/crm/contacts.csv").write_text("contact_id\nC1\n")
    assert freshness(tmp_path, LOADED_AT).passed
    return tmp_path


def test_files_of_two_days_ago_are_in_time(home: Path) -> None:
    """Two days to the second, on unchanged files."""
    assert freshness(home, LOADED_AT + timedelta(days=2)).passed


def test_a_source_that_fell_silent_is_a_warning(home: Path) -> None:
    """A second later it is told, with the time, and stops nothing."""
    check = freshness(home, LOADED_AT + timedelta(days=2, seconds=1))

    assert not check.passed
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert check.description == "The last files were loaded at 2026-05-01 12:00 UTC."


def test_a_source_that_never_delivered_is_no_warning(tmp_path: Path) -> None:
    """Most companies have no table of each kind."""
    (tmp_path / "raw/pos").mkdir(parents=True)
    (tmp_path / "raw/pos/transactions.csv").write_text("transaction_id,occurred_at,amount\n")

    assert freshness(tmp_path, LOADED_AT).passed
