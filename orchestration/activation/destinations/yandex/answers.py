"""Answers of Yandex Audience, as far as they are read."""

from pydantic import BaseModel

from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.yandex import limits


class Segment(BaseModel):
    """A segment, and what Yandex is doing with it."""

    id: int
    status: str

    def result(self) -> BatchResult:
        """Return what its status means for the file that was sent last."""
        if self.status in limits.DONE_STATUSES:
            return BatchResult(Verdict.ANSWERED, is_verified=False)
        if self.status in limits.FAILED_STATUSES:
            return BatchResult(Verdict.LOST, error_code=self.status)
        # A status that nobody has heard of is taken for one of work.
        return BatchResult(Verdict.ACCEPTED, retry_after=limits.NEXT_LOOK_SECONDS)


class Changed(BaseModel):
    """The answer to a file."""

    segment: Segment


class Segments(BaseModel):
    """All segments of the account."""

    segments: list[Segment]

    def status_of(self, segment_id: int) -> BatchResult:
        """Return what the status of one of them means."""
        for segment in self.segments:
            if segment.id == segment_id:
                return segment.result()
        return BatchResult(Verdict.MISCONFIGURED, error_code="segment_unknown")
