"""The journal of a run: what is open, what leaves, what became of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from orchestration.activation.batches import NO_END, OpenBatch, OpenJob, Parcel, Part
from orchestration.activation.consents import ConsentsInForce, find_unconsented_units
from orchestration.activation.destinations.protocol import (
    BatchResult,
    Destination,
    Job,
    LeavesReferences,
    Operation,
    SendsOnce,
    Verdict,
)
from orchestration.activation.entries import Entries
from orchestration.activation.ledger import Ledger
from orchestration.activation.preparation import Preparation
from orchestration.errors import OnefoldError
from orchestration.statements import statement

# Answers after which the next batch follows at once, so that they are written with it.
UNTROUBLED = {Verdict.ANSWERED, Verdict.ACCEPTED}


@dataclass(frozen=True)
class Journal:
    """Reads and writes the batches of one run.

    A commit costs as much as sending a batch. So what became of a batch is written in the one
    commit that prepares the next: if the process dies in between, the batch is sent again under
    the same idempotency key, as if it had died before the answer.
    """

    ledger: Ledger
    preparation: Preparation
    consents: ConsentsInForce
    # What the run is pinned to.
    snapshot: Path
    clock: Callable[[], datetime]
    # For how long what the destination never answered may still be applied, where that is long.
    lands_within: timedelta | None = None
    _entries: Entries = field(default_factory=Entries)

    def recover(self, destination: Destination) -> None:
        """Note that attempts which a crash cut off may have been applied."""
        outcome = "acked_unverified" if isinstance(destination, SendsOnce) else "unknown"
        scope = self._scope() | {"now": self._now()}
        with self._commit("resuming a run") as connection:
            lost = connection.execute(statement(__package__, "lost_attempts"), self._scope())
            # Of a run that was planned just now there are none, and to look is a fifth of the work.
            if lost.fetchone() == (0,):
                return
            record = statement(__package__, "record_lost_attempts")
            connection.execute(record, scope | {"outcome": outcome})
            if self.lands_within:
                late = statement(__package__, "record_late_lost_attempts")
                lands_by = {"lands_by": self._now() + self.lands_within}
                connection.execute(late, self._scope() | lands_by)
            connection.execute(statement(__package__, "close_lost_attempts"), scope)

    def remind(self, destination: Destination) -> None:
        """Tell a destination under which references an earlier process has put people in."""
        if isinstance(destination, LeavesReferences):
            taken = self._rows("taken_references", self._scope())
            destination.holders.put(self.preparation.run.run_id, [name for (name,) in taken])

    def give_up(self) -> None:
        """Let the next plan take out again whom a job of this run may put in after all."""
        jobs = self.open_jobs()
        with self._commit("ending a run") as connection:
            for job in jobs:
                self.preparation.take_out_again(connection, job)
            doubted = statement(__package__, "doubt_removals")
            connection.execute(doubted, self._scope() | {"now": self._now()})

    def open_batches(self) -> list[OpenBatch]:
        """Return the batches with open operations, and the parts they were cut into."""
        batches = [OpenBatch(*row) for row in self._rows("open_batches", self._scope())]
        self.preparation.expect(batches)
        return batches

    def open_ordinals(self, part: Part) -> list[int]:
        """Return the places of a part that have no final outcome."""
        place = {"batch_no": part.batch_no, "first": part.first, "last": part.last}
        return [ordinal for (ordinal,) in self._rows("open_ordinals", self._scope() | place)]

    def open_jobs(self) -> list[OpenJob]:
        """Return the attempts that the destination works on, in their order."""
        with self._commit("looking for jobs") as connection:
            # Most destinations have none.
            if not self._is_any(connection, "accepted_attempts"):
                return []
            jobs = connection.execute(statement(__package__, "open_jobs"), self._scope())
            return [_open_job(*row) for row in jobs.fetchall()]

    def hours_since_first_job(self) -> float:
        """Return for how long the destination works on what it works on."""
        moments = [job.accepted_at for job in self.open_jobs()]
        return self.seconds_since(min(moments)) / 3600 if moments else 0.0

    def seconds_since(self, moment: datetime) -> float:
        """Return how long ago a moment of the ledger was."""
        return (self._now() - moment).total_seconds()

    def moment_in(self, seconds: float) -> str:
        """Return the moment that comes after some seconds, for people."""
        return f"{self.clock() + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"

    def prepare(self, parts: Sequence[Part], destination: Destination) -> list[Parcel | None]:
        """Take out who withdrew, render the rest, and journal it as sent before it is.

        Returns:
            For each part what is to be sent now, or None if nothing of it is left to send.
        """
        self._look_at_consents()
        if self._entries.are_about({part.batch_no for part in parts}):
            self.flush()
        # To attach a file costs more than a journal's entry, and most batches were read ahead.
        files = {} if self.preparation.is_read_ahead(parts) else {"snapshot": self.snapshot}
        with self._session("preparing a batch", **files) as connection:
            parcels = self.preparation.parcels(connection, parts, destination, self._now())
            entries = self._entries.with_sent(parcel for parcel in parcels if parcel)
            entries.write(connection, self._scope() | {"now": self._now()})
        self._entries.clear()
        return parcels

    def set_aside(self, part: Part, destination: Destination) -> None:
        """Note who of a part withdrew, where nothing of it may be sent yet."""
        self._look_at_consents()
        self.flush()
        with self._session("looking for withdrawals", snapshot=self.snapshot) as connection:
            self.preparation.set_aside(connection, part, destination, self._now())

    def render_ahead(self, batches: Sequence[OpenBatch], destination: Destination) -> None:
        """Read and render what will follow if all goes well, while something else is under way."""
        parts = [Part(batch.batch_no) for batch in batches if not batch.cuts]
        if parts and not self.preparation.is_read_ahead(parts):
            # Answers are on their way. What stands against reading is told when nothing is.
            with (
                suppress(OnefoldError),
                self._session("reading ahead", snapshot=self.snapshot) as connection,
            ):
                self.preparation.read_ahead(connection, parts, destination.render_version)
        self.preparation.render_ahead(parts, destination)

    def cut(self, part: Part, first: int) -> tuple[Part, Part]:
        """Cut a part in two before a place, for good: a restart finds the same parts."""
        self._entries.add_split(part.batch_no, first)
        return (
            Part(part.batch_no, part.first, first - 1),
            Part(part.batch_no, first, part.last),
        )

    def settle(self, answers: Iterable[tuple[Parcel, BatchResult]]) -> None:
        """Note answers; where one tells of trouble there may be a wait, so they are written."""
        is_trouble = False
        for parcel, result in answers:
            self._entries.add_answer(parcel, result)
            if self.lands_within and result.verdict == Verdict.AMBIGUOUS:
                self._entries.add_late_attempt(parcel, self._now() + self.lands_within)
            is_trouble |= result.verdict not in UNTROUBLED
        if is_trouble:
            self.flush()

    def settle_job(self, job: OpenJob, result: BatchResult) -> bool:
        """Note what became of a job; the next one may take its time, so it is written.

        Returns:
            Whether somebody who withdrew meanwhile must be taken out again.
        """
        self._entries.add_end_of_job(job, result)
        with self._commit("noting the end of a job") as connection:
            return self.preparation.take_out_again(connection, job)

    def refuse(self, parcel: Parcel, error_code: str | None) -> None:
        """Note that the operations of an attempt were refused for good."""
        self._entries.add_refusal(parcel, error_code)

    def flush(self) -> None:
        """Write what is noted, if anything is."""
        if self._entries.is_any:
            with self._commit("noting an answer"):
                pass

    def _look_at_consents(self) -> None:
        version = self.consents.version()
        if self.consents.is_read(version):
            return
        self.preparation.forget()
        with self._session("reading consents", published=self.consents.path) as connection:
            find_unconsented_units(connection, self.preparation.run, self.preparation.declaration)
        self.consents.note_as_read(version)

    @contextmanager
    def _commit(self, work: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Do the work of the block after what is noted was written, in one commit."""
        with self._session(work) as connection:
            self._entries.write(connection, self._scope() | {"now": self._now()})
            yield connection
        self._entries.clear()

    def _session(
        self, work: str, **files: Path
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        return self.ledger.session(f"Sync {self.preparation.run.sync}: {work}", **files)

    def _rows(self, name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        with self._commit("resuming a run") as connection:
            return connection.execute(statement(__package__, name), values).fetchall()

    def _is_any(self, connection: duckdb.DuckDBPyConnection, name: str) -> bool:
        return bool(connection.execute(statement(__package__, name), self._scope()).fetchone())

    def _scope(self) -> dict[str, Any]:
        run = self.preparation.run
        return {"sync": run.sync, "run_no": run.run_no}

    def _now(self) -> datetime:
        return self.clock().replace(tzinfo=None)


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
