"""Batches as they go out: their parts, rows, parcels and outcomes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.protocol import (
    NOTHING,
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
    def is_whole(self) -> bool:
        """Whether it is all of the batch."""
        return self.first == 1 and self.last == NO_END

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
    """An operation that is to be sent now."""

    batch_no: int
    ordinal: int
    op: str
    unit_key: str
    reference: str | None
    # The row as JSON; of a removal, only where it helps to find the unit.
    record: str | None

    @property
    def is_removal(self) -> bool:
        """Whether the unit is to leave, for good or into an archive."""
        return self.op in {"remove", "archive"}


def operations_of(rows: Sequence[OpenRow], mode: Mode) -> tuple[Operation, ...]:
    """Return what the destination is told."""
    # Read in one go: a call for each costs more than what it reads.
    records = json.loads("[" + ",".join(row.record or "{}" for row in rows) + "]")
    return tuple(_operation(row, record, mode) for row, record in zip(rows, records, strict=True))


def _operation(row: OpenRow, record: dict[str, Any], mode: Mode) -> Operation:
    record.pop("person_id", None)
    _, _, op, key, reference, _ = row
    if row.is_removal:
        is_archival = op == "archive"
        return Operation("remove", key, NOTHING, reference, record, False, mode, is_archival)
    return Operation("upsert", key, record, reference, NOTHING, op == "update", mode)


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


class Outcomes(NamedTuple):
    """What became of operations, one beside the other."""

    outcomes: Sequence[str]
    error_codes: Sequence[str | None]
    # What the destination calls the units from now on.
    references: Sequence[str | None]


def outcomes_of(operations: Sequence[Operation], result: BatchResult) -> Outcomes:
    """Return what an answer decides, or leaves open, about each operation; or nothing at all."""
    nothing = [None] * len(operations)
    match result.verdict:
        case Verdict.ANSWERED if result.rejected or result.absent or result.references:
            return _answered_one_by_one([operation.key for operation in operations], result)
        case Verdict.ANSWERED:
            return Outcomes([_acked(result)] * len(operations), nothing, nothing)
        case Verdict.ACCEPTED:
            return Outcomes(["accepted"] * len(operations), nothing, nothing)
        case Verdict.AMBIGUOUS | Verdict.LOST:
            codes = [result.error_code] * len(operations)
            return Outcomes(["unknown"] * len(operations), codes, nothing)
        case _:
            return Outcomes([], [], [])


def refusal_of(operations: Sequence[Operation], error_code: str | None) -> Outcomes:
    """Return the outcomes of operations that were refused for good."""
    count = len(operations)
    return Outcomes(["rejected"] * count, [error_code] * count, [None] * count)


def _answered_one_by_one(keys: Sequence[str], result: BatchResult) -> Outcomes:
    outcomes = [_answered(key, result) for key in keys]
    acked = _acked(result)
    references = [
        result.references.get(key) if outcome == acked else None
        for key, outcome in zip(keys, outcomes, strict=True)
    ]
    return Outcomes(outcomes, [result.rejected.get(key) for key in keys], references)


def _answered(key: str, result: BatchResult) -> str:
    if key in result.rejected:
        return "rejected"
    return "skipped_absent" if key in result.absent else _acked(result)


def _acked(result: BatchResult) -> str:
    return "acked" if result.is_verified else "acked_unverified"
