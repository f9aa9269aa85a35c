"""Locks between processes."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from orchestration.errors import BusyError
from orchestration.locks import hold, is_held

HOLDER = """
import sys, time
from pathlib import Path
from orchestration.locks import hold
with hold(Path(sys.argv[1]), 0, print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    """Return where the lock is kept."""
    return tmp_path / "locks" / "warehouse.lock"


def test_second_holder_says_that_it_waits_and_gives_up_in_one_sentence(lock_file: Path) -> None:
    """Two runs at once: the second says so, then ends with a sentence."""
    told: list[str] = []

    with (
        hold(lock_file, 0, told.append),
        pytest.raises(BusyError, match=r"warehouse\.lock is held"),
        hold(lock_file, 0.2, told.append),
    ):
        pass

    assert len(told) == 1
    assert "waiting" in told[0]


def test_threads_of_one_process_get_their_turn(lock_file: Path) -> None:
    """Four syncs that note each batch: none waits longer than the others' few commits."""

    def take_often(_thread: int) -> None:
        for _ in range(20):
            with hold(lock_file, 0.5, lambda _sentence: None):
                time.sleep(0.005)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(take_often, range(4)))


def test_lock_is_free_again_after_the_block(lock_file: Path) -> None:
    """A run that ended holds up nobody."""
    with hold(lock_file, 0, print):
        pass

    with hold(lock_file, 0, print):
        pass


def test_killed_holder_leaves_no_lock(lock_file: Path) -> None:
    """After kill -9 the next run starts at once, without cleaning up by hand."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock_file)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=str(holder.pid)), hold(lock_file, 0, print):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()

    with hold(lock_file, 0, print):
        pass


def test_a_look_at_a_lock_is_not_taken_for_a_holder(tmp_path: Path) -> None:
    """Several syncs ask at once whether a run is at work."""
    path = tmp_path / "run.lock"
    with hold(path, 0, lambda _: None):
        assert is_held(path)

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert not any(pool.map(lambda _: is_held(path), range(2000)))
