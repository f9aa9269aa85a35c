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
        hold_in_process(path, timeout_seconds, on_wait),
        hold_on_machine(path, timeout_seconds, on_wait),
    ):
        yield


@contextmanager
def hold_in_process(
    path: Path, timeout_seconds: float, on_wait: Callable[[str], None]
) -> Iterator[None]:
    """Keep the other threads of this process off; other processes are not concerned.

    Raises:
        BusyError: another thread held on when the time was over.
    """
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
def hold_on_machine(
    path: Path, timeout_seconds: float, on_wait: Callable[[str], None]
) -> Iterator[None]:
    """Keep other processes off, in the order in which they came; threads are not concerned.

    Raises:
        BusyError: another process held on when the time was over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as descriptor:
        # Whoever lets go and comes back at once stands behind those who wait.
        with _opened(_queue(path)) as queue:
            _acquire((queue, descriptor), path, timeout_seconds, on_wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield


def remove(path: Path) -> None:
    """Remove a lock that nobody will ever hold again, with its queue."""
    path.unlink(missing_ok=True)
    _queue(path).unlink(missing_ok=True)


def is_held(path: Path) -> bool:
    """Return whether anybody holds a lock, here or in another process; others may ask meanwhile."""
    if not path.exists():
        return False
    with _opened(path) as descriptor:
        return not _is_free(descriptor, fcntl.LOCK_SH)


def is_awaited(path: Path) -> bool:
    """Return whether another process waits for a lock that this one holds."""
    with _opened(_queue(path)) as queue:
        return not _is_free(queue, fcntl.LOCK_SH)


def _queue(path: Path) -> Path:
    return path.with_name(f"{path.name}.queue")


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    # Opened without truncating: the number in it is the present holder's.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _acquire(
    descriptors: tuple[int, int],
    path: Path,
    timeout_seconds: float,
    on_wait: Callable[[str], None],
) -> None:
    deadline = time.monotonic() + timeout_seconds
    is_told = False

    while not all(_is_free(descriptor) for descriptor in descriptors):
        holder = _holder(descriptors[-1])
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


def _is_free(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> str:
    number = os.pread(descriptor, 20, 0).decode("ascii", errors="ignore")
    return f" (number {number})" if number.isdigit() else ""
