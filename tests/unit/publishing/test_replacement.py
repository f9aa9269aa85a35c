"""A file is replaced whole or not at all, whoever reads it meanwhile."""

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.activation.ledger import Ledger
from orchestration.errors import WarehouseError
from orchestration.publishing.replacement import replace_file
from orchestration.settings import Settings

PUBLISHES = 30
MODE = 0o644


def numbered(number: int) -> Callable[[duckdb.DuckDBPyConnection], None]:
    """Fill a file so that every table of it tells the same number."""

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("create schema marts")
        connection.execute("create table marts.run as select ? as run_number", [number])
        connection.execute("create table marts.people as select * from range(?)", [number * 100])

    return fill


def look(path: Path) -> tuple[int, int]:
    """Return the number that a reader sees, and the rows beside it."""
    with duckdb.connect(str(path), read_only=True) as connection:
        number = connection.execute("select run_number from marts.run").fetchall()[0][0]
        count = connection.execute("select count(*) from marts.people").fetchall()[0][0]
    return number, count


def keep_looking(path: Path, stop: Path, looks: "multiprocessing.Queue[tuple[int, int]]") -> None:
    """Read in a loop, as a BI tool with a fresh connection per query does."""
    while not stop.exists():
        looks.put(look(path))


def test_readers_see_one_whole_run_each_time(tmp_path: Path) -> None:
    """A loop of readers meets no error and no mixture while the file is replaced 30 times."""
    path, stop = tmp_path / "onefold.duckdb", tmp_path / "stop"
    replace_file(path, numbered(1), MODE)
    context = multiprocessing.get_context("spawn")
    looks: multiprocessing.Queue[tuple[int, int]] = context.Queue()
    readers = [
        context.Process(target=keep_looking, args=(path, stop, looks), daemon=True)
        for _ in range(2)
    ]
    seen: list[tuple[int, int]] = []
    collector = threading.Thread(
        target=lambda: seen.extend(iter(looks.get, None)),  # type: ignore[arg-type]
    )
    collector.start()
    for reader in readers:
        reader.start()

    number = 1
    while number < PUBLISHES or len(seen) < PUBLISHES:
        number += 1
        replace_file(path, numbered(number), MODE)
    stop.touch()
    for reader in readers:
        reader.join(timeout=30)
    looks.put(None)  # type: ignore[arg-type]
    collector.join(timeout=30)

    assert [reader.exitcode for reader in readers] == [0, 0]
    assert all(count == run_number * 100 for run_number, count in seen)
    assert len({run_number for run_number, _ in seen}) > 1
    assert look(path) == (number, number * 100)


@pytest.fixture
def dead() -> int:
    """The number of a process that is no more."""
    program = [sys.executable, "-c", "import os; print(os.getpid())"]
    return int(subprocess.run(program, capture_output=True, text=True, check=True).stdout)


def test_what_a_killed_publisher_left_is_removed(tmp_path: Path, dead: int) -> None:
    """Also what was to be another file, as a snapshot, which is named after its run."""
    path = tmp_path / "run-2.duckdb"
    draft = f"run-1.duckdb.{dead}.tmp"
    (tmp_path / draft).write_bytes(b"half a file")
    (tmp_path / f"{draft}.wal").write_bytes(b"half a log")
    (tmp_path / f"{draft}.tmp").mkdir()

    replace_file(path, numbered(1), MODE)

    assert look(path) == (1, 100)
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_of_the_ledger_that_was_cut_off_is_removed(tmp_path: Path, dead: int) -> None:
    """One is made for each build, and is as large as the ledger."""
    settings = Settings(home=tmp_path)
    leftover = tmp_path / f"{settings.ledger_snapshot_path.name}.{dead}.tmp"
    leftover.write_bytes(b"half a ledger")

    Ledger(settings).snapshot_to(settings.ledger_snapshot_path)

    assert settings.ledger_snapshot_path.is_file()
    assert not leftover.exists()


def test_what_a_living_publisher_writes_is_left_alone(tmp_path: Path) -> None:
    """Two publishers of one file do not take each other's work away."""
    other = tmp_path / f"onefold.duckdb.{os.getppid()}.tmp"
    other.touch()

    replace_file(tmp_path / "onefold.duckdb", numbered(1), MODE)

    assert other.exists()


def test_a_failed_publish_leaves_the_old_file(tmp_path: Path) -> None:
    """When a table cannot be written, readers keep what they had, and nothing is left over."""
    path = tmp_path / "onefold.duckdb"
    replace_file(path, numbered(1), MODE)

    with pytest.raises(WarehouseError, match="CatalogException"):
        replace_file(path, lambda connection: connection.execute("select * from gone"), MODE)  # type: ignore[arg-type,return-value]

    assert look(path) == (1, 100)
    assert list(tmp_path.iterdir()) == [path]


def test_the_finished_file_has_its_mode_and_no_log(tmp_path: Path) -> None:
    """Others may read the published file, and need no second file beside it."""
    path = tmp_path / "onefold.duckdb"

    replace_file(path, numbered(1), MODE)

    assert path.stat().st_mode & 0o777 == MODE
    assert list(tmp_path.iterdir()) == [path]
