"""Batches as they go out: their parts, rows, parcels and outcomes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Job,
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
    has_removals: bool

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
    reference: str | None = None
    # The destination took it in and works on it.
    is_waiting: bool = False

    @property
    def is_removal(self) -> bool:
        """Whether the unit is to leave, for good or into an archive."""
        return self.op in {"remove", "archive"}

    @property
    def is_withdrawn(self) -> bool:
        """Whether consent is gone; removals need none."""
        return not self.is_removal and not self.is_consented

    @property
    def is_superseded(self) -> bool:
        """Whether the row that was planned is no longer in the snapshot."""
        is_missing = self.record is None and not self.is_waiting
        return not self.is_removal and self.is_consented and is_missing

    @property
    def is_to_be_removed(self) -> bool:
        """Whether the destination holds, or may hold, somebody whose consent is gone."""
        return self.is_withdrawn and (self.op == "update" or self.may_be_applied)

    def operation(self, mode: Mode) -> Operation:
        """Return what the destination is told."""
        row = json.loads(self.record or "{}")
        row.pop("person_id", None)
        if self.is_removal:
            return Operation(
                "remove",
                self.unit_key,
                reference=self.reference,
                last_row=row,
                mode=mode,
                is_archival=self.op == "archive",
            )
        is_held = self.op == "update"
        return Operation("upsert", self.unit_key, row, self.reference, is_held=is_held, mode=mode)


@dataclass(frozen=True)
class Parcel:
    """A batch that is journalled as sent, and the places of its operations."""

    batch: Batch
    part: Part
    attempt: int
    payload_hash: str
    ordinals: tuple[int, ...]
    # Removals went ahead, what is to be put in follows in a batch of its own.
    leaves_rest: bool = False


@dataclass(frozen=True)
class OpenJob:
    """An attempt that the destination took in, and works on."""

    part: Part
    attempt: int
    idempotency_key: str
    accepted_at: datetime
    ordinals: tuple[int, ...]
    job: Job


@dataclass(frozen=True)
class Outcome:
    """What became of the operation at one place."""

    ordinal: int
    outcome: str
    error_code: str | None = None
    reference: str | None = None


class SettledRow(NamedTuple):
    """What became of an operation, and by which attempt; of 0 where nothing was sent."""

    batch_no: int
    attempt: int
    idempotency_key: str | None
    outcome: Outcome


def outcomes_of(
    ordinals: Sequence[int], operations: Sequence[Operation], result: BatchResult
) -> list[Outcome]:
    """Return what an answer decides, or leaves open, about each operation."""
    match result.verdict:
        case Verdict.ANSWERED:
            return [
                _answered(ordinal, operation.key, result)
                for ordinal, operation in zip(ordinals, operations, strict=True)
            ]
        case Verdict.ACCEPTED:
            return [Outcome(ordinal, "accepted") for ordinal in ordinals]
        case Verdict.AMBIGUOUS | Verdict.LOST:
            return [Outcome(ordinal, "unknown", result.error_code) for ordinal in ordinals]
        case _:
            return []


def _answered(ordinal: int, key: str, result: BatchResult) -> Outcome:
    if key in result.rejected:
        return Outcome(ordinal, "rejected", result.rejected[key])
    if key in result.absent:
        return Outcome(ordinal, "skipped_absent")
    outcome = "acked" if result.is_verified else "acked_unverified"
    return Outcome(ordinal, outcome, reference=result.references.get(key))
