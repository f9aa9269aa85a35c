"""How many batches are under way at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile

from orchestration.activation.batches import OpenBatch
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Destination,
    TakesSeveral,
)


class Wave:
    """Begins with one batch and doubles while all goes well; after a failure it begins anew."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._limit = destination.max_in_flight if isinstance(destination, TakesSeveral) else 1
        self._size = 1

    def next_of(self, batches: list[OpenBatch]) -> list[OpenBatch]:
        """Return the batches to send next, at least one.

        Whoever is to leave has left before anybody is added, and what was cut goes by itself.
        """
        first = batches[0]
        if first.cuts:
            return [first]
        return list(
            takewhile(
                lambda batch: not batch.cuts and batch.has_removals == first.has_removals,
                batches[: self._size],
            )
        )

    def send(self, batches: Sequence[Batch]) -> list[BatchResult]:
        """Send batches at once; return the answers in their order."""
        if not batches:
            return []
        with ThreadPoolExecutor(max_workers=len(batches)) as pool:
            return list(pool.map(self._destination.send, batches))

    def speed_up(self) -> None:
        """Take more at once."""
        self._size = min(self._limit, self._size * 2)

    def slow_down(self) -> None:
        """Take one at a time."""
        self._size = 1
