"""Batches as they go out: their parts, rows, parcels and outcomes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, count, groupby
from typing import NamedTuple, overload

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

# Of these the unit is to leave, for good or into an archive.
REMOVALS = frozenset({"remove", "archive"})


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


class OpenRows(NamedTuple):
    """Operations that are to be sent now, column by column: a run makes millions of them."""

    ordinals: Sequence[int]
    ops: Sequence[str]
    unit_keys: Sequence[str]
    references: Sequence[str | None]
    # The rows as JSON; of a removal, only where it helps to find the unit.
    records: Sequence[str | None]

    def of_one_kind(self) -> "OpenRows":
        """Return the removals, or where there are none, the others."""
        is_removal = [op in REMOVALS for op in self.ops]
        if not any(is_removal):
            return self
        return OpenRows(
            list(compress(self.ordinals, is_removal)),
            list(compress(self.ops, is_removal)),
            list(compress(self.unit_keys, is_removal)),
            list(compress(self.references, is_removal)),
            list(compress(self.records, is_removal)),
        )


def operations_of(rows: OpenRows, mode: Mode) -> tuple[Operation, ...]:
    """Return what the destination is told."""
    # Read in one go: a call for each costs more than what it reads.
    records = json.loads("[" + ",".join([record or "{}" for record in rows.records]) + "]")
    for record in records:
        record.pop("person_id", None)
    return tuple(
        Operation("remove", key, NOTHING, reference, record, False, mode, op == "archive")
        if op in REMOVALS
        else Operation("upsert", key, record, reference, NOTHING, op == "update", mode)
        for op, key, reference, record in zip(
            rows.ops, rows.unit_keys, rows.references, records, strict=True
        )
    )


@dataclass(frozen=True)
class Operations(Sequence[Operation]):
    """The operations of a batch, made when somebody asks for them.

    Few destinations look at them when they send. Kept until the answer is there, they are so many
    that Python searches all its memory for what nobody uses, again and again.
    """

    rows: OpenRows
    mode: Mode

    def __len__(self) -> int:
        return len(self.rows.ordinals)

    def __iter__(self) -> Iterator[Operation]:
        return iter(operations_of(self.rows, self.mode))

    @overload
    def __getitem__(self, place: int) -> Operation: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Operation, ...]: ...
    def __getitem__(self, place: int | slice) -> Operation | tuple[Operation, ...]:
        return operations_of(self.rows, self.mode)[place]


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


class Outcome(NamedTuple):
    """What became of an operation."""

    outcome: str
    error_code: str | None = None
    # What the destination calls the unit from now on.
    reference: str | None = None


class Stretch(NamedTuple):
    """Places of a batch in a row whose operations fared alike."""

    first: int
    last: int
    outcome: Outcome


def outcomes_of(
    ordinals: Sequence[int], operations: Sequence[Operation], result: BatchResult
) -> list[Stretch]:
    """Return what an answer decides, or leaves open, about operations; or nothing at all."""
    match result.verdict:
        case Verdict.ANSWERED if result.rejected or result.absent or result.references:
            return _stretches(ordinals, [_answered(each.key, result) for each in operations])
        case Verdict.ANSWERED:
            return all_alike(ordinals, Outcome(_acked(result)))
        case Verdict.ACCEPTED:
            return all_alike(ordinals, Outcome("accepted"))
        case Verdict.AMBIGUOUS | Verdict.LOST:
            return all_alike(ordinals, Outcome("unknown", result.error_code))
        case _:
            return []


def all_alike(ordinals: Sequence[int], outcome: Outcome) -> list[Stretch]:
    """Return one outcome of all operations."""
    if ordinals and ordinals[-1] - ordinals[0] + 1 == len(ordinals):
        return [Stretch(ordinals[0], ordinals[-1], outcome)]
    return _stretches(ordinals, [outcome] * len(ordinals))


def _stretches(ordinals: Sequence[int], outcomes: Sequence[Outcome]) -> list[Stretch]:
    # Places in a row differ from their index by the same number.
    places = zip(ordinals, count(), outcomes, strict=False)
    runs = groupby(places, key=lambda place: (place[0] - place[1], place[2]))
    stretches = []
    for (distance, outcome), run in runs:
        indices = [index for _, index, _ in run]
        stretches.append(Stretch(indices[0] + distance, indices[-1] + distance, outcome))
    return stretches


def _answered(key: str, result: BatchResult) -> Outcome:
    if key in result.rejected:
        return Outcome("rejected", result.rejected[key])
    if key in result.absent:
        return Outcome("skipped_absent")
    return Outcome(_acked(result), reference=result.references.get(key))


def _acked(result: BatchResult) -> str:
    return "acked" if result.is_verified else "acked_unverified"
