"""How many batches are under way at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import takewhile

from orchestration.activation.batches import OpenBatch
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Destination,
    TakesSeveral,
)

# Until the batches are on their way nothing else is done: Python runs one thread at a time, so they
# would wait for each other, a few milliseconds at each step.
HEAD_START_SECONDS = 0.03


class Wave:
    """Begins with one batch, then four times as many, while all goes well, and anew if not."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._limit = destination.max_in_flight if isinstance(destination, TakesSeveral) else 1
        self._size = 1
        # A thread takes as long to start as a batch to send.
        self._pool = ThreadPoolExecutor(max_workers=self._limit)

    def close(self) -> None:
        """Wait for what is under way."""
        self._pool.shutdown()

    def next_of(self, batches: list[OpenBatch]) -> list[OpenBatch]:
        """Return the batches to send next, at least one.

        Whoever is to leave has left before anybody is added, and what was cut goes by itself.
        """
        return _alike(batches[: self._size])

    def after_next(self, batches: list[OpenBatch]) -> list[OpenBatch]:
        """Return the batches to send behind those, if all goes well with them."""
        following = batches[len(self.next_of(batches)) :]
        return _alike(following[: self._larger])

    def send(self, batches: Sequence[Batch], meanwhile: Callable[[], None]) -> list[BatchResult]:
        """Send batches at once; return the answers in their order.

        Args:
            batches: What is to be sent.
            meanwhile: What is done until the answers are there.
        """
        answers = [self._pool.submit(self._destination.send, batch) for batch in batches]
        wait(answers, timeout=HEAD_START_SECONDS)
        meanwhile()
        return [answer.result() for answer in answers]

    def speed_up(self) -> None:
        """Take more at once."""
        self._size = self._larger

    def slow_down(self) -> None:
        """Take one at a time."""
        self._size = 1

    @property
    def _larger(self) -> int:
        return min(self._limit, self._size * 4)


def _alike(batches: list[OpenBatch]) -> list[OpenBatch]:
    """Return the first of the batches that go together, or one that goes by itself."""
    if not batches or batches[0].cuts:
        return batches[:1]
    has_removals = batches[0].has_removals
    return list(
        takewhile(lambda each: not each.cuts and each.has_removals == has_removals, batches)
    )
