"""Connections to the warehouse."""

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.errors import BusyError, WarehouseError
from orchestration.warehouse import connect, quoted, told_without_values

WRITER = """
import sys, time
from orchestration.warehouse import connect
connection = connect(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


def test_sessions_run_in_utc(tmp_path: Path) -> None:
    """A time without offset means the same on every machine."""
    with connect(tmp_path / "new" / "warehouse.duckdb") as connection:
        assert connection.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]


def test_second_process_is_told_that_the_warehouse_is_busy(tmp_path: Path) -> None:
    """The lock of the database is a sentence, not a traceback."""
    path = tmp_path / "warehouse.duckdb"

    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(BusyError, match=r"warehouse\.duckdb is in use"):
            connect(path)
        writer.kill()


def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """A wrong file in the state directory is a sentence."""
    path = tmp_path / "warehouse.duckdb"
    path.write_text("not a database" * 1000)

    with pytest.raises(WarehouseError, match=r"warehouse\.duckdb cannot be opened"):
        connect(path)


def test_reader_does_not_make_a_missing_file(tmp_path: Path) -> None:
    """Looking leaves no empty warehouse behind."""
    path = tmp_path / "warehouse.duckdb"

    with pytest.raises(WarehouseError, match="does not exist"):
        connect(path, read_only=True)

    assert not path.exists()


def test_error_of_the_database_quotes_no_value() -> None:
    """DuckDB quotes what it cannot cast; the sentence names the work instead."""
    with (
        connect(":memory:") as connection,
        pytest.raises(WarehouseError) as caught,
        told_without_values("Loading crm.contacts"),
    ):
        connection.execute("select cast('ann@example.com' as integer)")

    assert str(caught.value) == "Loading crm.contacts failed in the database (ConversionException)."


def test_quoted_name_may_hold_quotes() -> None:
    """A column of any name stays one identifier."""
    assert quoted('a"b') == '"a""b"'
