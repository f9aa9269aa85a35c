"""Attempts and looks: what came of one try of a part, or of one look at a job."""

from dataclasses import dataclass

from orchestration.activation.batches import Parcel
from orchestration.activation.destinations.protocol import BatchResult, Verdict


@dataclass(frozen=True)
class Attempt:
    """One try of a part; without a parcel there was nothing left to send."""

    parcel: Parcel | None
    result: BatchResult

    @property
    def is_done(self) -> bool:
        """Whether nothing of the part is left to send."""
        is_taken = self.result.verdict in {Verdict.ANSWERED, Verdict.ACCEPTED}
        return self.parcel is None or (is_taken and not self.parcel.leaves_rest)

    @property
    def is_retriable(self) -> bool:
        """Whether the next try may end differently."""
        return self.result.is_retriable

    @property
    def retry_after(self) -> float | None:
        """How long the destination asked to be left alone."""
        return self.result.retry_after


NOTHING_TO_SEND = Attempt(None, BatchResult(Verdict.ANSWERED))


@dataclass(frozen=True)
class Look:
    """One look at a job."""

    result: BatchResult
    # Whether nothing follows from it.
    is_final: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the job came to an end that decides its rows."""
        return self.result.verdict == Verdict.ANSWERED

    @property
    def is_retriable(self) -> bool:
        """Whether a later look may tell more."""
        return self.result.verdict == Verdict.ACCEPTED or self.result.is_retriable

    @property
    def retry_after(self) -> float | None:
        """How long the job is to be left alone."""
        return self.result.retry_after
