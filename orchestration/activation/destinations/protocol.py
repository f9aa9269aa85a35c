"""What the engine and a destination say to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol


@dataclass(frozen=True)
class Operation:
    """One thing to do at a destination."""

    op: Literal["upsert", "remove"]
    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """Operations that go out together, rendered."""

    sync: str
    run_id: str
    number: int
    # The same on every attempt with the same payload, also after a crash.
    idempotency_key: str
    operations: Sequence[Operation]
    payload: bytes


class Verdict(StrEnum):
    """What an answer means for the batch."""

    ANSWERED = "answered"  # every row is done or refused by name
    RETRY = "retry"  # nothing was done; later it may be
    AMBIGUOUS = "ambiguous"  # it may have been done
    AUTH = "auth"  # the credentials do not hold
    TOO_LARGE = "too_large"  # fewer rows may pass
    ROWS = "rows"  # refused as a whole for the sake of some row


@dataclass(frozen=True)
class BatchResult:
    """The outcome of one attempt; codes only, never a value or a vendor's text."""

    verdict: Verdict
    rejected: Mapping[str, str] = field(default_factory=dict)
    error_code: str | None = None
    http_status: int | None = None
    # Seconds the destination asked us to keep away.
    retry_after: float | None = None

    @property
    def is_retriable(self) -> bool:
        """Whether the same batch may go through later."""
        return self.verdict in {Verdict.RETRY, Verdict.AMBIGUOUS}


class Destination(Protocol):
    """One attempt at a time: no retry, no waiting, no memory of what was sent."""

    @property
    def max_batch_size(self) -> int:
        """Return how many operations a batch may hold at most."""

    @property
    def render_version(self) -> str:
        """Return a word that changes when the same row is rendered differently."""

    def render(self, sync: str, fields: Sequence[str], operations: Sequence[Operation]) -> bytes:
        """Return the payload; the same operations give the same bytes.

        Args:
            sync: Name of the sync.
            fields: Columns of the sync model, which operations may have values of.
            operations: What is to be done, in order.
        """

    def send(self, batch: Batch) -> BatchResult:
        """Try once, and say what came of it; an answer is never an exception."""

    def close(self) -> None:
        """Let go of connections."""
