"""Whom a run has put in under which name of the destination."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock


class Holders:
    """The newest holder of each reference that the run at hand has put in.

    Within one run an address may pass from one person to another, in batches that go side by side.
    Whoever had it before must not take it out under the feet of whoever has it now. What earlier
    runs did is known to the plan, which names no reference that another person stays under.
    """

    def __init__(self) -> None:
        self._run_id = ""
        self._holders: dict[str, str] = {}
        self._lock = Lock()

    def put(self, run_id: str, references: Mapping[str, str]) -> None:
        """Note references by key, right before they are put in."""
        with self._lock:
            self._begin(run_id)
            self._holders.update({reference: key for key, reference in references.items()})

    @contextmanager
    def leaving(self, run_id: str, references: Mapping[str, str]) -> Iterator[set[str]]:
        """Yield those references, by key, that nobody else holds; nobody is put in meanwhile."""
        if not references:
            yield set()
            return
        with self._lock:
            self._begin(run_id)
            yield {
                reference
                for key, reference in references.items()
                if self._holders.get(reference, key) == key
            }

    def _begin(self, run_id: str) -> None:
        if run_id != self._run_id:
            self._run_id = run_id
            self._holders.clear()
