"""Whom a run has put in under which name of the destination."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock


class Holders:
    """The references that the run at hand has put somebody in under.

    Within one run an address may pass from one person to another, in batches that go side by side.
    Whoever had it before must not take it out under the feet of whoever has it now. What earlier
    runs did is known to the plan, which names no reference that another person stays under; what
    an earlier process did for this run, the journal tells when it resumes it.

    Who was put in need not be known, as a run tells each person once: a reference that somebody
    leaves and that was put in is another's. So a run of a million people keeps that many
    references, for as long as it lasts, and no keys.
    """

    def __init__(self) -> None:
        self._run_id = ""
        self._references: set[str] = set()
        self._lock = Lock()

    def put(self, run_id: str, references: Iterable[str]) -> None:
        """Note references, right before they are put in."""
        with self._lock:
            self._begin(run_id)
            self._references.update(references)

    def take_back(self, run_id: str, references: Iterable[str]) -> None:
        """Note that nobody was put in under these references after all."""
        with self._lock:
            self._begin(run_id)
            self._references.difference_update(references)

    @contextmanager
    def leaving(self, run_id: str, references: Collection[str]) -> Iterator[set[str]]:
        """Yield those references that nobody was put in under; nobody is put in meanwhile."""
        if not references:
            yield set()
            return
        with self._lock:
            self._begin(run_id)
            yield set(references) - self._references

    def _begin(self, run_id: str) -> None:
        if run_id != self._run_id:
            self._run_id = run_id
            self._references.clear()
