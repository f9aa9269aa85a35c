"""The journal of a run: what is open, what leaves, what became of it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.activation.batches import (
    NO_END,
    OpenBatch,
    OpenJob,
    OpenRow,
    Outcome,
    Parcel,
    Part,
    SettledRow,
    outcomes_of,
)
from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Destination,
    Job,
    Operation,
    SendsOnce,
    Verdict,
)
from orchestration.activation.ledger import Digester, Ledger
from orchestration.activation.runs import Run
from orchestration.statements import statement

EVENTS = {Verdict.ANSWERED: "acked", Verdict.ACCEPTED: "accepted"}


@dataclass(frozen=True)
class Journal:
    """Reads and writes the batches of one run; every method is one commit."""

    ledger: Ledger
    run: Run
    declaration: SyncDeclaration
    digester: Digester
    clock: Callable[[], datetime]
    # The snapshot that the run is pinned to, and the published file with the newest consents.
    files: Mapping[str, Path]
    # The statement that finds the rows to send: those of people, or of match keys.
    records: str = "records_of_people"

    def recover(self, destination: Destination) -> None:
        """Note that attempts which a crash cut off may have been applied."""
        outcome = "acked_unverified" if isinstance(destination, SendsOnce) else "unknown"
        scope = self._scope() | self._now()
        with self.ledger.session(self._work("resuming a run")) as connection:
            lost = statement(__package__, "record_lost_attempts")
            connection.execute(lost, scope | {"outcome": outcome})
            connection.execute(statement(__package__, "close_lost_attempts"), scope)

    def open_batches(self) -> list[OpenBatch]:
        """Return the batches with open operations, and the parts they were cut into."""
        with self.ledger.session(self._work("resuming a run")) as connection:
            rows = connection.execute(
                statement(__package__, "open_batches"), self._scope()
            ).fetchall()
        return [OpenBatch(*row) for row in rows]

    def open_ordinals(self, part: Part) -> list[int]:
        """Return the places of a part that have no final outcome."""
        with self.ledger.session(self._work("cutting a batch")) as connection:
            rows = connection.execute(
                statement(__package__, "open_ordinals"),
                {**self._scope(part.batch_no), "first": part.first, "last": part.last},
            ).fetchall()
        return [ordinal for (ordinal,) in rows]

    def cut(self, part: Part, first: int) -> tuple[Part, Part]:
        """Cut a part in two before a place, for good: a restart finds the same parts."""
        with self.ledger.session(self._work("cutting a batch")) as connection:
            self._record_event(connection, part.batch_no, str(first), 0, "split")
        return (
            Part(part.batch_no, part.first, first - 1),
            Part(part.batch_no, first, part.last),
        )

    def prepare(self, parts: Iterable[Part], destination: Destination) -> list[Parcel | None]:
        """Take out who withdrew, render the rest, and journal it as sent before it is.

        Returns:
            For each part what is to be sent now, or None if nothing of it is left to send.
        """
        with self.ledger.session(
            self._work("reading consents to prepare a batch"), **self.files
        ) as connection:
            wave = list(parts)
            rows = self._sendable_rows(connection, wave, destination.render_version)
            return [
                self._prepared(connection, part, rows[part.batch_no], destination) for part in wave
            ]

    def settle(self, answers: Iterable[tuple[Parcel, BatchResult]]) -> None:
        """Note answers, and the outcome of every operation that they decide or leave open."""
        with self.ledger.session(self._work("noting an answer")) as connection:
            settled: list[SettledRow] = []
            for parcel, result in answers:
                event = EVENTS.get(result.verdict, "failed")
                self._record_parcel_event(connection, parcel, event, result)
                outcomes = outcomes_of(parcel.ordinals, parcel.batch.operations, result)
                settled += _settled(parcel, outcomes)
            self._record_rows(connection, settled)

    def open_jobs(self) -> list[OpenJob]:
        """Return the attempts that the destination works on, in their order."""
        with self.ledger.session(self._work("looking for open jobs")) as connection:
            rows = connection.execute(statement(__package__, "open_jobs"), self._scope()).fetchall()
        return [_open_job(*row) for row in rows]

    def seconds_since(self, moment: datetime) -> float:
        """Return how long ago a moment of the ledger was."""
        return (self.clock().replace(tzinfo=None) - moment).total_seconds()

    def settle_job(self, job: OpenJob, result: BatchResult) -> None:
        """Note what became of a job."""
        event = EVENTS.get(result.verdict, "failed")
        outcomes = outcomes_of(job.ordinals, job.job.operations, result)
        batch_no, key = job.part.batch_no, job.idempotency_key
        with self.ledger.session(self._work("noting the end of a job")) as connection:
            self._record_event(
                connection,
                batch_no,
                job.part.label,
                job.attempt,
                event,
                idem_key=key,
                error_class=str(result.verdict) if event == "failed" else None,
            )
            self._record_rows(
                connection, [SettledRow(batch_no, job.attempt, key, each) for each in outcomes]
            )

    def refuse(self, parcel: Parcel, error_code: str | None) -> None:
        """Note that the operations of an attempt were refused for good."""
        with self.ledger.session(self._work("noting a refusal")) as connection:
            refused = [Outcome(ordinal, "rejected", error_code) for ordinal in parcel.ordinals]
            self._record_rows(connection, _settled(parcel, refused))

    def _prepared(
        self,
        connection: duckdb.DuckDBPyConnection,
        part: Part,
        rows: list[OpenRow],
        destination: Destination,
    ) -> Parcel | None:
        if not rows:
            return None

        parcel = self._seal(connection, part, rows, destination)
        self._record_parcel_event(connection, parcel, "sent")
        return parcel

    def _sendable_rows(
        self, connection: duckdb.DuckDBPyConnection, wave: list[Part], render_version: str
    ) -> dict[int, list[OpenRow]]:
        """Return, by batch, the rows to send, after those that must not be sent were settled."""
        found = self._open_rows(connection, wave, render_version)
        changed = [part for part in wave if self._set_aside(connection, part, found[part.batch_no])]
        if changed:
            found = self._open_rows(connection, wave, render_version)
        return {
            batch_no: [row for row in rows if not row.is_waiting]
            for batch_no, rows in found.items()
        }

    def _open_rows(
        self, connection: duckdb.DuckDBPyConnection, wave: list[Part], render_version: str
    ) -> dict[int, list[OpenRow]]:
        """Read whole batches in one go, or one part of a batch that was cut."""
        declaration = self.declaration
        rows = connection.execute(
            statement(__package__, "open_rows").format(
                records=statement(__package__, self.records).format(model=declaration.model_name)
            ),
            {
                **self._scope(),
                **self.digester.pads,
                "batch_nos": [part.batch_no for part in wave],
                "first": min(part.first for part in wave),
                "last": max(part.last for part in wave),
                "purpose": declaration.purpose,
                "channel": declaration.channel,
                "render_version": declaration.row_version(render_version),
            },
        ).fetchall()
        found: dict[int, list[OpenRow]] = {part.batch_no: [] for part in wave}
        for batch_no, *row in rows:
            found[batch_no].append(OpenRow(*row))
        return found

    def _set_aside(
        self, connection: duckdb.DuckDBPyConnection, part: Part, rows: Iterable[OpenRow]
    ) -> bool:
        """Settle the rows that must not be sent; removals may take their places."""
        outcomes = [
            Outcome(row.ordinal, "skipped_consent" if row.is_withdrawn else "superseded")
            for row in rows
            if row.is_withdrawn or row.is_superseded
        ]
        if not outcomes:
            return False

        self._record_rows(
            connection, [SettledRow(part.batch_no, 0, None, each) for each in outcomes]
        )
        removals = [row.ordinal for row in rows if row.is_to_be_removed]
        connection.execute(
            statement(__package__, "append_removals"),
            {**self._scope(part.batch_no), "ordinals": removals},
        )
        return True

    def _seal(
        self,
        connection: duckdb.DuckDBPyConnection,
        part: Part,
        rows: list[OpenRow],
        destination: Destination,
    ) -> Parcel:
        removals = [row for row in rows if row.is_removal]
        leaves_rest = not destination.mixes_operations and 0 < len(removals) < len(rows)
        rows = removals if leaves_rest else rows
        operations = tuple(row.operation(self.declaration.mode) for row in rows)
        payload = destination.render(self.run.sync, self.declaration.fields, operations)
        payload_hash = self.digester.digest(payload)
        attempt = connection.execute(
            statement(__package__, "next_attempt"), self._scope(part.batch_no)
        ).fetchone()

        return Parcel(
            batch=Batch(
                sync=self.run.sync,
                run_id=self.run.run_id,
                number=part.batch_no,
                idempotency_key=self._idempotency_key(part, payload_hash),
                operations=operations,
                payload=payload,
            ),
            part=part,
            attempt=attempt[0] if attempt else 1,
            payload_hash=payload_hash,
            ordinals=tuple(row.ordinal for row in rows),
            leaves_rest=leaves_rest,
        )

    def _idempotency_key(self, part: Part, payload_hash: str) -> str:
        batch = (self.run.sync, self.run.run_id, str(part.batch_no), part.label, payload_hash)
        return hashlib.sha256("\n".join(batch).encode()).hexdigest()[:32]

    def _record_parcel_event(
        self,
        connection: duckdb.DuckDBPyConnection,
        parcel: Parcel,
        event: str,
        result: BatchResult | None = None,
    ) -> None:
        self._record_event(
            connection,
            parcel.part.batch_no,
            parcel.part.label,
            parcel.attempt,
            event,
            idem_key=parcel.batch.idempotency_key,
            payload_hash=parcel.payload_hash,
            http_status=result.http_status if result else None,
            error_class=str(result.verdict) if result and event == "failed" else None,
            remote_job=result.job if result else None,
        )

    def _record_event(
        self,
        connection: duckdb.DuckDBPyConnection,
        batch_no: int,
        label: str,
        attempt: int,
        event: str,
        **details: str | int | None,
    ) -> None:
        blank = dict.fromkeys(
            ("idem_key", "payload_hash", "http_status", "error_class", "remote_job")
        )
        connection.execute(
            statement(__package__, "record_batch_event"),
            {
                **self._scope(batch_no),
                **self._now(),
                "part": label,
                "attempt": attempt,
                "event": event,
                **blank,
                **details,
            },
        )

    def _record_rows(
        self, connection: duckdb.DuckDBPyConnection, rows: Sequence[SettledRow]
    ) -> None:
        connection.execute(
            statement(__package__, "record_outcomes"),
            {
                **self._scope(),
                **self._now(),
                "batch_nos": [row.batch_no for row in rows],
                "attempts": [row.attempt for row in rows],
                "idem_keys": [row.idempotency_key for row in rows],
                "ordinals": [row.outcome.ordinal for row in rows],
                "outcomes": [row.outcome.outcome for row in rows],
                "error_codes": [row.outcome.error_code for row in rows],
                "references": [row.outcome.reference for row in rows],
            },
        )

    def _scope(self, batch_no: int | None = None) -> dict[str, Any]:
        scope: dict[str, Any] = {"sync": self.run.sync, "run_no": self.run.run_no}
        return scope if batch_no is None else scope | {"batch_no": batch_no}

    def _now(self) -> dict[str, Any]:
        return {"now": self.clock().replace(tzinfo=None)}

    def _work(self, work: str) -> str:
        return f"Sync {self.run.sync}: {work}"


def _settled(parcel: Parcel, outcomes: Iterable[Outcome]) -> list[SettledRow]:
    key = parcel.batch.idempotency_key
    return [SettledRow(parcel.part.batch_no, parcel.attempt, key, each) for each in outcomes]


def _open_job(  # noqa: PLR0913, PLR0917 - the columns of the statement
    batch_no: int,
    label: str,
    attempt: int,
    idempotency_key: str,
    remote_job: str,
    accepted_at: datetime,
    operations: list[dict[str, Any]],
) -> OpenJob:
    first, _, last = label.partition("-")
    return OpenJob(
        Part(batch_no, int(first), int(last) if last else NO_END),
        attempt,
        idempotency_key,
        accepted_at,
        tuple(row["ordinal"] for row in operations),
        Job(
            remote_job,
            tuple(
                Operation(row["op"], row["unit_key"], reference=row["reference"])
                for row in operations
            ),
        ),
    )
