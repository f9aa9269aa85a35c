"""Entries of a journal: what is noted of batches and rows, before it is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from orchestration.activation.batches import (
    OpenJob,
    Outcome,
    Parcel,
    Stretch,
    all_alike,
    outcomes_of,
)
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.statements import statement

EVENTS = {Verdict.ANSWERED: "acked", Verdict.ACCEPTED: "accepted"}

EVENT_COLUMNS = (
    "batch_no",
    "part",
    "attempt",
    "seq",
    "event",
    "idem_key",
    "payload_hash",
    "http_status",
    "error_class",
    "remote_job",
)
LATE_COLUMNS = ("batch_no", "attempt", "lands_by")
OUTCOME_COLUMNS = (
    "batch_no",
    "attempt",
    "idem_key",
    "first_ordinal",
    "last_ordinal",
    "outcome",
    "error_code",
    "remote_id",
)


@dataclass
class Entries:
    """What one commit is to add."""

    events: list[Mapping[str, Any]] = field(default_factory=list)
    # In the order of their columns.
    outcomes: list[tuple[Any, ...]] = field(default_factory=list)
    late_attempts: list[tuple[int, int, datetime]] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        """Whether there is something to write."""
        return bool(self.events or self.outcomes)

    def add_split(self, batch_no: int, first: int) -> None:
        """Note that a batch is cut before a place."""
        about = {"batch_no": batch_no, "part": str(first), "attempt": 0}
        self.events.append(about | {"seq": 1, "event": "split"})

    def add_answer(self, parcel: Parcel, result: BatchResult) -> None:
        """Note an answer, and the outcome of every operation that it decides or leaves open."""
        answer = {"seq": 2, "http_status": result.http_status, "remote_job": result.job}
        self.events.append(_of_parcel(parcel) | answer | _of_verdict(result.verdict))
        found = outcomes_of(parcel.ordinals, parcel.batch.operations, result)
        self._add_outcomes(
            parcel.part.batch_no, parcel.attempt, parcel.batch.idempotency_key, found
        )

    def add_late_attempt(self, parcel: Parcel, lands_by: datetime) -> None:
        """Note until when an attempt without an answer may be applied."""
        self.late_attempts.append((parcel.part.batch_no, parcel.attempt, lands_by))

    def add_refusal(self, parcel: Parcel, error_code: str | None) -> None:
        """Note that the operations of a parcel were refused for good."""
        refused = all_alike(parcel.ordinals, Outcome("rejected", error_code))
        self._add_outcomes(
            parcel.part.batch_no, parcel.attempt, parcel.batch.idempotency_key, refused
        )

    def add_end_of_job(self, job: OpenJob, result: BatchResult) -> None:
        """Note what became of a job."""
        about = {
            "batch_no": job.part.batch_no,
            "part": job.part.label,
            "attempt": job.attempt,
            "seq": 3,
            "idem_key": job.idempotency_key,
        }
        self.events.append(about | _of_verdict(result.verdict))
        found = outcomes_of(job.ordinals, job.job.operations, result)
        self._add_outcomes(job.part.batch_no, job.attempt, job.idempotency_key, found)

    def are_about(self, batch_nos: Collection[int]) -> bool:
        """Return whether something is noted of one of these batches."""
        return any(event["batch_no"] in batch_nos for event in self.events)

    def with_sent(self, parcels: Iterable[Parcel]) -> "Entries":
        """Return these entries, and that the parcels are about to leave."""
        sent = [_of_parcel(parcel) | {"seq": 1, "event": "sent"} for parcel in parcels]
        return Entries([*self.events, *sent], self.outcomes, self.late_attempts)

    def write(self, connection: duckdb.DuckDBPyConnection, scope: Mapping[str, Any]) -> None:
        """Add everything to the ledger; the entries stay, until it is known to be committed."""
        if self.events:
            columns = {name: [event.get(name) for event in self.events] for name in EVENT_COLUMNS}
            connection.execute(statement(__package__, "record_batch_events"), {**scope, **columns})
        if self.outcomes:
            outcomes = _by_column(OUTCOME_COLUMNS, self.outcomes)
            connection.execute(statement(__package__, "record_outcomes"), {**scope, **outcomes})
        if self.late_attempts:
            about = {"sync": scope["sync"], "run_no": scope["run_no"]}
            late = _by_column(LATE_COLUMNS, self.late_attempts)
            connection.execute(statement(__package__, "record_late_attempts"), {**about, **late})

    def clear(self) -> None:
        """Forget what was written."""
        self.events.clear()
        self.outcomes.clear()
        self.late_attempts.clear()

    def _add_outcomes(
        self, batch_no: int, attempt: int, key: str, stretches: Iterable[Stretch]
    ) -> None:
        self.outcomes += [
            (batch_no, attempt, key, first, last, *outcome) for first, last, outcome in stretches
        ]


def _by_column(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _of_parcel(parcel: Parcel) -> dict[str, Any]:
    return {
        "batch_no": parcel.part.batch_no,
        "part": parcel.part.label,
        "attempt": parcel.attempt,
        "idem_key": parcel.batch.idempotency_key,
        "payload_hash": parcel.payload_hash,
    }


def _of_verdict(verdict: Verdict) -> dict[str, Any]:
    event = EVENTS.get(verdict, "failed")
    return {"event": event, "error_class": str(verdict) if event == "failed" else None}
