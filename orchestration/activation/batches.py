"""Batches as they go out: their parts, rows, parcels and outcomes."""

import json
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Operation,
    Verdict,
)

NO_END = 2**63 - 1


@dataclass(frozen=True)
class Part:
    """A range of places of a batch; the whole batch, unless it was cut."""

    batch_no: int
    first: int = 1
    last: int = NO_END

    @property
    def label(self) -> str:
        """The range as it stands in the ledger."""
        return f"{self.first}-{'' if self.last == NO_END else self.last}"


class OpenBatch(NamedTuple):
    """A batch with operations that have no final outcome."""

    batch_no: int
    row_count: int
    # The first places of the parts behind the first one.
    cuts: list[int]

    @property
    def parts(self) -> list[Part]:
        """The parts that the batch was cut into, as far as it was cut."""
        lasts = [*(first - 1 for first in self.cuts), NO_END]
        return [Part(self.batch_no, *ends) for ends in zip([1, *self.cuts], lasts, strict=True)]


class OpenRow(NamedTuple):
    """An operation without a final outcome."""

    ordinal: int
    unit_key: str
    op: str
    record: str | None
    is_consented: bool
    may_be_applied: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether consent is gone; removals need none."""
        return self.op != "remove" and not self.is_consented

    @property
    def is_superseded(self) -> bool:
        """Whether the row that was planned is no longer in the snapshot."""
        return self.op != "remove" and self.is_consented and self.record is None

    @property
    def is_to_be_removed(self) -> bool:
        """Whether the destination holds, or may hold, somebody whose consent is gone."""
        return self.is_withdrawn and (self.op == "update" or self.may_be_applied)

    def operation(self) -> Operation:
        """Return what the destination is told."""
        if self.op == "remove":
            return Operation("remove", self.unit_key)
        fields = json.loads(self.record or "{}")
        fields.pop("person_id", None)
        return Operation("upsert", self.unit_key, fields)


@dataclass(frozen=True)
class Parcel:
    """A batch that is journalled as sent, and the places of its operations."""

    batch: Batch
    part: Part
    attempt: int
    payload_hash: str
    ordinals: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of the operation at one place."""

    ordinal: int
    outcome: str
    error_code: str | None = None


def outcomes_of(parcel: Parcel, result: BatchResult) -> list[Outcome]:
    """Return what an answer decides, or leaves open, about each operation."""
    places = zip(parcel.ordinals, parcel.batch.operations, strict=True)
    match result.verdict:
        case Verdict.ANSWERED:
            return [
                Outcome(ordinal, "rejected", result.rejected[operation.key])
                if operation.key in result.rejected
                else Outcome(ordinal, "acked")
                for ordinal, operation in places
            ]
        case Verdict.AMBIGUOUS:
            return [Outcome(ordinal, "unknown", result.error_code) for ordinal, _ in places]
        case _:
            return []
