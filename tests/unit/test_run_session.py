"""A run shares one warehouse among its steps, and hands it to dbt and back."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import BusyError, WarehouseError
from orchestration.run_session import RunSession
from orchestration.settings import Settings

HOLDER = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home."""
    return Settings(home=tmp_path, now=datetime(2026, 5, 1, tzinfo=UTC), lock_timeout_seconds=20)


def hold_warehouse(settings: Settings, seconds: float) -> subprocess.Popen[str]:
    """Let another process hold the warehouse, as an orphaned dbt does."""
    command = [sys.executable, "-c", HOLDER, str(settings.warehouse_path), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    holder.stdout.readline()
    return holder


def test_an_orphaned_build_is_waited_for(settings: Settings) -> None:
    """After kill -9 the next run goes on when the left dbt process has ended, and says so."""
    told: list[str] = []

    with hold_warehouse(settings, 1.5), RunSession(settings, told.append) as session:
        assert session.started_run.run_number == 1

    assert told == ["The build of an earlier run still ends; waiting for the warehouse."]


def test_waiting_for_the_warehouse_ends(settings: Settings) -> None:
    """A warehouse that somebody keeps open for ever is told, not waited for."""
    impatient = settings.model_copy(update={"lock_timeout_seconds": 0.0})

    with hold_warehouse(settings, 20) as holder:
        with RunSession(impatient) as session, pytest.raises(BusyError, match=r"warehouse\.duckdb"):
            _ = session.warehouse
        holder.kill()


def test_dbt_finds_the_warehouse_closed(settings: Settings) -> None:
    """The run is noted and the ledger copied, and no connection is left that dbt would meet."""
    with RunSession(settings) as session:
        session.load("crm")
        session.hand_to_dbt()

        with duckdb.connect(str(settings.warehouse_path), read_only=True) as reader:
            assert reader.execute("select count(*) from raw_onefold.runs").fetchall() == [(1,)]
    assert settings.ledger_snapshot_path.is_file()


def test_files_with_personal_values_are_the_owners_alone(settings: Settings) -> None:
    """Whatever the mask of the shell, others cannot open the warehouse."""
    with RunSession(settings) as session:
        session.load("crm")

    assert settings.warehouse_path.stat().st_mode & 0o077 == 0


def test_nothing_is_published_before_a_build(settings: Settings) -> None:
    """Publishing alone, on a fresh home, says what is missing."""
    with RunSession(settings) as session, pytest.raises(WarehouseError, match="does not exist yet"):
        _ = session.built_run
