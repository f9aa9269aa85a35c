"""The engine: sends what a run has open, and stops where going on would do harm."""

from collections.abc import Callable
from dataclasses import dataclass

from orchestration.activation.batches import OpenBatch, Parcel, Part
from orchestration.activation.destinations.protocol import BatchResult, Destination, Verdict
from orchestration.activation.journal import Journal
from orchestration.activation.retries import MAX_ATTEMPTS, Patience

MAX_FAILURES_IN_A_ROW = 5

# A refused batch is halved down to the rows that cause it. When more than this share and this
# number of its rows are refused one by one, the mapping is at fault, not the rows.
HOPELESS_SHARE = 0.2
HOPELESS_ROWS = 10


class RunStoppedError(Exception):
    """The run cannot go on now; the next start takes it up."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Attempt:
    """One try of a part; without a parcel there was nothing left to send."""

    parcel: Parcel | None
    result: BatchResult

    @property
    def is_retriable(self) -> bool:
        """Whether the next try may end differently."""
        return self.result.is_retriable

    @property
    def retry_after(self) -> float | None:
        """How long the destination asked to be left alone."""
        return self.result.retry_after


NOTHING_TO_SEND = Attempt(None, BatchResult(Verdict.ANSWERED))


class Delivery:
    """Delivers the open batches of one run, in their order."""

    def __init__(
        self,
        journal: Journal,
        destination: Destination,
        patience: Patience,
        on_settled: Callable[[int, int], None],
    ) -> None:
        self._journal = journal
        self._destination = destination
        self._patience = patience
        self._on_settled = on_settled
        self._size_limit = destination.max_batch_size
        self._failures_in_a_row = 0
        self._last_failure: str | None = None

    def deliver(self) -> None:
        """Send until nothing is open.

        Raises:
            RunStoppedError: something stays open; the ledger knows how far it came.
        """
        self._journal.recover()
        batches = self._journal.open_batches()
        total = sum(batch.row_count for batch in batches)
        settled = 0

        for batch in batches:
            self._deliver_batch(batch)
            settled += batch.row_count
            self._on_settled(settled, total)

        if self._last_failure:
            raise RunStoppedError("failed", self._last_failure)

    def _deliver_batch(self, batch: OpenBatch) -> None:
        refused_rows = 0
        parts = list(reversed(batch.parts))

        while parts:
            part = parts.pop()
            if smaller := self._cut_to_size(part):
                parts += reversed(smaller)
                continue

            attempt = self._send(part)
            result, parcel = attempt.result, attempt.parcel
            if parcel is None or result.verdict == Verdict.ANSWERED:
                self._note_answer(attempt)
            elif result.verdict == Verdict.AUTH:
                raise RunStoppedError("failed", _told(result, "refused the credentials"))
            elif result.is_retriable:
                self._note_failure(result)
            elif len(parcel.ordinals) == 1 or _is_hopeless(refused_rows, batch.row_count):
                refused_rows += len(parcel.ordinals)
                self._journal.refuse(parcel, result.error_code)
            else:
                parts += reversed(self._halves(part, parcel, result))

    def _cut_to_size(self, part: Part) -> tuple[Part, Part] | None:
        """Cut a part that is larger than what the destination has shown to take."""
        if self._size_limit == self._destination.max_batch_size:
            return None
        ordinals = self._journal.open_ordinals(part)
        if len(ordinals) <= self._size_limit:
            return None
        return self._journal.cut(part, ordinals[self._size_limit])

    def _halves(self, part: Part, parcel: Parcel, result: BatchResult) -> tuple[Part, Part]:
        middle = len(parcel.ordinals) // 2
        if result.verdict == Verdict.TOO_LARGE:
            self._size_limit = min(self._size_limit, middle)
        return self._journal.cut(part, parcel.ordinals[middle])

    def _send(self, part: Part) -> Attempt:
        # A destination that seems dead is asked once per batch, not with all patience again.
        attempts = 1 if self._failures_in_a_row else MAX_ATTEMPTS
        outcome: Attempt = self._patience.retrying(attempts)(self._attempt, part)
        return outcome

    def _attempt(self, part: Part) -> Attempt:
        parcel = self._journal.prepare(part, self._destination)
        if parcel is None:
            return NOTHING_TO_SEND
        result = self._destination.send(parcel.batch)
        self._journal.settle(parcel, result)
        return Attempt(parcel, result)

    def _note_answer(self, attempt: Attempt) -> None:
        if attempt.parcel is None:
            return
        if len(attempt.result.rejected) < len(attempt.parcel.ordinals):
            self._failures_in_a_row = 0
        else:
            self._count_failure(_told(attempt.result, "refused every row"))

    def _note_failure(self, result: BatchResult) -> None:
        reason = _told(result, "gave no usable answer")
        if self._patience.is_spent:
            raise RunStoppedError("open", f"{reason} and is to be asked later")
        self._last_failure = reason
        self._count_failure(reason)

    def _count_failure(self, reason: str) -> None:
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= MAX_FAILURES_IN_A_ROW:
            raise RunStoppedError("failed", f"{reason}, {self._failures_in_a_row} batches in a row")


def _is_hopeless(refused_rows: int, row_count: int) -> bool:
    return refused_rows > max(HOPELESS_ROWS, HOPELESS_SHARE * row_count)


def _told(result: BatchResult, what: str) -> str:
    code = result.error_code or "no code"
    return f"the destination {what} ({code})"
