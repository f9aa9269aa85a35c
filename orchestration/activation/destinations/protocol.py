"""What the engine and a destination say to each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.holders import Holders

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Operation(NamedTuple):
    """One thing to do at a destination; a tuple, since a run makes millions of them."""

    op: Literal["upsert", "remove"]
    key: str
    fields: Mapping[str, Any] = NOTHING
    # What the destination knows the unit by: a record id of its own, or a digest.
    reference: str | None = None
    # Of a removal that takes back an unanswered attempt: the row to find it by.
    last_row: Mapping[str, Any] = NOTHING
    # Whether the destination holds the unit already, perhaps with another row.
    is_held: bool = False
    mode: Mode = "mirror"
    # Of a removal: whether the unit is to stay where nobody uses it.
    is_archival: bool = False

    @property
    def verb(self) -> str:
        """Return what is asked for in one word, for receivers that go by words."""
        if self.op == "remove":
            return "archive" if self.is_archival else "remove"
        return self.mode if self.mode in {"update", "insert", "append"} else "upsert"


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

    @property
    def is_removal(self) -> bool:
        """Whether the batch takes out; only a destination that mixes has batches of both."""
        return self.operations[0].op == "remove"


@dataclass(frozen=True)
class Job:
    """A batch that the destination works on after it has answered."""

    name: str
    # In the order in which they were sent.
    operations: Sequence[Operation]

    @property
    def keys(self) -> list[str]:
        """Keys of the operations."""
        return [operation.key for operation in self.operations]


class Verdict(StrEnum):
    """What an answer means for the batch."""

    ANSWERED = "answered"  # every row is done or refused by name
    ACCEPTED = "accepted"  # taken in; a look at the job tells what became of it
    RETRY = "retry"  # nothing was done; later it may be
    AMBIGUOUS = "ambiguous"  # it may have been done
    AUTH = "auth"  # the credentials do not hold
    MISCONFIGURED = "misconfigured"  # what the declaration or a setting names is not there
    TOO_LARGE = "too_large"  # fewer rows may pass
    ROWS = "rows"  # refused as a whole for the sake of some row
    LOST = "lost"  # the job came to nothing; the same batch is to be sent again


@dataclass(frozen=True)
class BatchResult:
    """The outcome of one attempt; codes only, never a value or a vendor's text."""

    verdict: Verdict
    rejected: Mapping[str, str] = field(default_factory=dict)
    error_code: str | None = None
    http_status: int | None = None
    # Seconds the destination asked us to keep away.
    retry_after: float | None = None
    # By key: what the destination knows the units by from now on.
    references: Mapping[str, str] = field(default_factory=dict)
    # False where the destination gives counts only, so that no row is confirmed by itself.
    is_verified: bool = True
    job: str | None = None
    # Keys that an update found nothing for.
    absent: Collection[str] = ()

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

    @property
    def mixes_operations(self) -> bool:
        """Return whether one batch may both put in and take out."""

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


@runtime_checkable
class Polls(Protocol):
    """A destination that answers `ACCEPTED` and works on."""

    @property
    def first_look_seconds(self) -> float:
        """Return how long a job is left alone at first."""

    def poll(self, job: Job) -> BatchResult:
        """Look once: `ACCEPTED` while it works, `LOST` where it must be sent again."""


@runtime_checkable
class LandsLate(Protocol):
    """A destination whose jobs overtake each other, also one that it never gave a name for.

    A removal may be done before an addition that was sent earlier, and whose answer was lost.
    """

    @property
    def lands_within_hours(self) -> float:
        """Return for how long after it was sent such a job may still change something."""


@runtime_checkable
class WorksOnOne(Protocol):
    """A destination with one job at a time; whoever gives it another learns nothing of the last."""

    @property
    def works_on_one(self) -> bool:
        """Return True."""


@runtime_checkable
class TakesSeveral(Protocol):
    """A destination that takes several batches at once; `send` is called from several threads."""

    @property
    def max_in_flight(self) -> int:
        """Return how many."""


@runtime_checkable
class LeavesReferences(Protocol):
    """A destination that takes people out under the reference that they had before."""

    @property
    def holders(self) -> Holders:
        """Return under which references it must leave whoever is there."""


@runtime_checkable
class SendsOnce(Protocol):
    """A destination that nothing can be taken back from, and that does not know a repetition.

    What may have been done counts as done: nobody gets the same mail twice.
    """

    @property
    def sends_once(self) -> bool:
        """Return True."""


@runtime_checkable
class MatchesByKey(Protocol):
    """A destination that knows no people, only match keys: an address, a phone number.

    Several people may stand behind one key; it leaves with the last of them.
    """

    @property
    def match_kinds(self) -> tuple[str, ...]:
        """Return the kinds of match keys that it knows."""

    def match_key(self, kind: str, value: str) -> str | None:
        """Return a match key in the form of the vendor, or None if the value is none.

        Args:
            kind: One of the `match_keys` of the declaration.
            value: The column of that name; of `address`, JSON of all columns.
        """
