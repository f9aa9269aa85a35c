"""Locks between processes, which the kernel releases even when their holder is killed."""

import fcntl
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.errors import BusyError

POLL_SECONDS = 0.1
# A thread that looked at the file ten times a second could be passed over by the others for ever.
_own_threads: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def hold(
    path: Path,
    timeout_seconds: float,
    on_wait: Callable[[str], None],
) -> Iterator[None]:
    """Hold the lock file while the block runs; a second holder waits for the first.

    The file stays when the lock is released: removing it would let a waiting process lock a
    file that a third one no longer sees.

    Args:
        path: Lock file, made where it is missing.
        timeout_seconds: Longest wait; 0 does not wait at all.
        on_wait: Told once, in one sentence, that and for whom there is a wait.

    Raises:
        BusyError: the lock was still held when the time was over.
    """
    with (
        _alone_in_process(path, timeout_seconds, on_wait),
        _alone_on_machine(path, timeout_seconds, on_wait),
    ):
        yield


@contextmanager
def _alone_in_process(
    path: Path, timeout_seconds: float, on_wait: Callable[[str], None]
) -> Iterator[None]:
    lock = _own_threads[path.absolute()]
    if not lock.acquire(blocking=False):
        if timeout_seconds:
            on_wait(
                f"Other work of this process holds {path.name}; "
                f"waiting up to {timeout_seconds:g} seconds for it to end."
            )
        if not lock.acquire(timeout=timeout_seconds):
            raise BusyError(
                f"{path.name} is held by other work of this process; try again when that has ended."
            )
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _alone_on_machine(
    path: Path, timeout_seconds: float, on_wait: Callable[[str], None]
) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Opened without truncating: the number in it is the present holder's.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    try:
        _acquire(descriptor, path, timeout_seconds, on_wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(
    descriptor: int,
    path: Path,
    timeout_seconds: float,
    on_wait: Callable[[str], None],
) -> None:
    deadline = time.monotonic() + timeout_seconds
    is_told = False

    while not _is_free(descriptor):
        holder = _holder(descriptor)
        if time.monotonic() >= deadline:
            raise BusyError(
                f"{path.name} is held by another process{holder}; "
                "try again when that one has ended."
            )
        if not is_told:
            on_wait(
                f"Another process{holder} holds {path.name}; "
                f"waiting up to {timeout_seconds:g} seconds for it to end."
            )
            is_told = True
        time.sleep(POLL_SECONDS)


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> str:
    number = os.pread(descriptor, 20, 0).decode("ascii", errors="ignore")
    return f" (number {number})" if number.isdigit() else ""
