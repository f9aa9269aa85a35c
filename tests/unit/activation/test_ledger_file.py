"""Promises about the ledger while it is kept open: cheap for us, and in nobody's way."""

import gc
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import duckdb
import pytest

from orchestration.activation import ledger_file
from orchestration.activation.ledger import Ledger
from orchestration.activation.snapshots import newest_snapshot, remove_snapshots, snapshot_path
from orchestration.activation.syncs import release_snapshots
from orchestration.errors import WarehouseError
from orchestration.locks import hold_on_machine
from tests.unit.activation.world import World

NOTE = "insert into ledger.activation.unit_person values ('{0}', 1, 'u', 'p')"
KEEPER = f"""
import sys, time
from pathlib import Path
from orchestration.activation.ledger import Ledger
from orchestration.settings import Settings
ledger = Ledger(Settings(home=Path(sys.argv[1])))
with ledger.kept_open():
    for name in ("first", "second"):
        with ledger.session("Test") as connection:
            connection.execute("{NOTE}".format(name))
        print("noted", flush=True)
        sys.stdin.readline()
"""


def test_a_session_that_is_kept_open_is_left_to_another_process(world: World) -> None:
    """While the keeper waits for a destination, and afterwards it goes on."""
    world.settings = world.settings.model_copy(update={"lock_timeout_seconds": 20.0})
    with _keeper(world) as keeper:
        _note(world, "ours")
        keeper.stdin.write("\n")
        keeper.stdin.flush()
        assert keeper.stdout.readline() == "noted\n"
        keeper.communicate("\n")

    assert _names(world) == {"first", "ours", "second"}


def test_what_was_committed_outlives_a_kill(world: World) -> None:
    """Also where the file was open, and what it holds is still in its log."""
    with _keeper(world) as keeper:
        keeper.send_signal(signal.SIGKILL)
        keeper.communicate()

    assert _names(world) == {"first"}


def test_a_copy_for_dbt_is_complete_while_the_ledger_is_kept_open(world: World) -> None:
    """Commits in the log are in the copy, and the next session finds the ledger as it was."""
    ledger, copy = Ledger(world.settings), world.settings.ledger_snapshot_path
    with ledger.kept_open():
        _note(world, "ours")
        ledger.snapshot_to(copy)
        with ledger.session("Test", copy=copy) as connection:
            found = connection.execute("select sync from copy.activation.unit_person").fetchall()

    assert found == [("ours",)]
    assert _names(world) == {"ours"}


def test_the_file_is_closed_when_nobody_keeps_it(world: World) -> None:
    """The last of several syncs closes it: its log is folded in."""
    first, second = Ledger(world.settings), Ledger(world.settings)
    log = world.settings.ledger_path.with_name("activation.duckdb.wal")
    with first.kept_open():
        with second.kept_open():
            _note(world, "ours")
        assert log.exists()

    assert not log.exists()


def test_a_later_run_starts_no_engine(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has twenty small syncs would have one twenty times, each a tenth of a run."""
    world.publish({"p1": "1@example.com"})
    world.run()
    world.publish({"p1": "1@example.com", "p2": "2@example.com"})
    monkeypatch.delattr(duckdb, "connect")

    assert world.run().status == "done"
    assert world.held() == {"p1", "p2"}


@pytest.mark.parametrize("is_kept_open", [False, True])
def test_an_engine_that_broke_is_not_used_again(world: World, *, is_kept_open: bool) -> None:
    """After a full disk DuckDB takes nothing more from anybody, until it is started anew."""
    with Ledger(world.settings).kept_open() if is_kept_open else nullcontext():
        _break_an_engine(world)
        gc.collect()

        with Ledger(world.settings).session("Test") as connection:
            left = connection.execute("from duckdb_tables() where database_name = 'memory'")
            assert left.fetchall() == []


def _break_an_engine(world: World) -> None:
    with suppress(WarehouseError), Ledger(world.settings).session("Test") as connection:
        connection.execute("create table memory.main.leftover (id integer)")
        connection.commit()
        connection.begin()
        raise duckdb.FatalException


def test_a_file_that_got_no_tables_gets_them_the_next_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while they are made is no reason to believe that they are there."""
    ledger = Ledger(world.settings)
    with monkeypatch.context() as patched:
        patched.setattr(ledger_file, "statement", lambda *_: "select error('full')")
        with pytest.raises(WarehouseError), ledger.session("Test"):
            pass

    with ledger.session("Test") as connection:
        assert connection.execute("select count(*) from ledger.activation.outbox").fetchone()


def test_a_ledger_that_is_moved_away_while_it_is_open_is_told_as_missing(world: World) -> None:
    """As the first half of putting a backup in its place."""
    ledger = Ledger(world.settings)
    with ledger.session("Test"):
        pass
    ledger.snapshot_to(world.settings.ledger_snapshot_path)
    with ledger.session("Test"):
        world.settings.ledger_path.unlink()

    with pytest.raises(WarehouseError, match=r"activation.duckdb is missing"), ledger.session("X"):
        pass


def test_trouble_with_the_ledger_is_no_missing_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a snapshot would be taken that nobody published."""
    ledger = Ledger(world.settings)
    world.publish({"p1": "a@example.com"})
    world.settings.published_path.write_bytes(b"no database")
    assert newest_snapshot(world.settings, ledger)

    monkeypatch.setattr(ledger_file, "statement", lambda *_: "select error('full')")
    world.settings.ledger_path.unlink(missing_ok=True)
    with pytest.raises(WarehouseError):
        newest_snapshot(world.settings, ledger)


def test_a_snapshot_that_another_run_removes_meanwhile_is_no_failure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look into the folder and the look at each file."""
    world.publish({"p1": "a@example.com"})
    ledger = Ledger(world.settings)
    find = Path.glob

    def overtaken(folder: Path, pattern: str) -> list[Path]:
        found = list(find(folder, pattern))
        return [*found, folder / "000000.duckdb"] if pattern == "*.duckdb" else found

    monkeypatch.setattr(Path, "glob", overtaken)

    remove_snapshots(world.settings, ledger)

    assert newest_snapshot(world.settings, ledger) == "000001"
    assert snapshot_path(world.settings, "000001").is_file()


def test_a_clean_up_that_the_ledger_has_no_time_for_is_put_off(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """A publish ends with it, and what is published must not be told as a failure."""
    world.publish({"p1": "a@example.com"})
    world.publish({"p1": "a@example.com"})
    busy = world.settings.model_copy(update={"lock_timeout_seconds": 0})

    with hold_on_machine(busy.locks_path / "ledger.lock", 0, lambda _: None):
        release_snapshots(busy)
    assert "Removing snapshots that nobody reads failed: ledger.lock is held" in caplog.text
    assert len(list(busy.snapshots_path.iterdir())) == 2

    release_snapshots(busy)
    assert len(list(busy.snapshots_path.iterdir())) == 1


@contextmanager
def _keeper(world: World) -> Iterator[subprocess.Popen[str]]:
    """Run a process that has noted something, and keeps the ledger open."""
    command = [sys.executable, "-c", KEEPER, str(world.settings.home)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as keeper:
        assert keeper.stdout.readline() == "noted\n"
        yield keeper


def _note(world: World, name: str) -> None:
    with Ledger(world.settings).session("Test") as connection:
        connection.execute(NOTE.format(name))


def _names(world: World) -> set[str]:
    with Ledger(world.settings).session("Test") as connection:
        rows = connection.execute("select sync from ledger.activation.unit_person").fetchall()
    return {name for (name,) in rows}
