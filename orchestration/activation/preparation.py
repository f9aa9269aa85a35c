"""Preparation of batches: who may be sent to now, and what exactly goes out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.activation.batches import (
    REMOVALS,
    OpenBatch,
    OpenJob,
    OpenRows,
    Operations,
    Parcel,
    Part,
    operations_of,
)
from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.protocol import Batch, Destination
from orchestration.activation.ledger import Digester
from orchestration.activation.runs import Run
from orchestration.statements import statement

ROWS_AHEAD = 30_000
SENT_COLUMNS = ("ordinal", "op", "unit_key", "match_ref", "record")


@dataclass(frozen=True)
class ReadBatch:
    """What is open of a batch, and how often it was sent."""

    rows: pa.Table
    last_attempt: int

    def open_rows(self) -> OpenRows:
        """Return the columns that are sent."""
        return OpenRows(*(self.rows[name].to_pylist() for name in SENT_COLUMNS))


class Preparation:
    """Makes parcels of what is open, over the temp table `unconsented_units`.

    What is to be sent next is read some way ahead: to ask for it takes longer than to get it.
    """

    def __init__(
        self, run: Run, declaration: SyncDeclaration, digester: Digester, records: str
    ) -> None:
        """Prepare batches of a run.

        Args:
            run: The run.
            declaration: Its sync.
            digester: Digests payloads.
            records: The statement that finds the rows to send: those of people, or of match keys.
        """
        self.run = run
        self.declaration = declaration
        self._digester = digester
        self._records = records
        # Of whole batches that were not sent since they were read, by their numbers.
        self._read_ahead: dict[int, ReadBatch] = {}
        # Of those, what is ready to leave; None where nothing is left of them.
        self._rendered: dict[int, Parcel | None] = {}
        self._expected: Sequence[OpenBatch] = ()

    def parcels(
        self,
        connection: duckdb.DuckDBPyConnection,
        parts: Sequence[Part],
        destination: Destination,
        now: datetime,
    ) -> list[Parcel | None]:
        """Take out who withdrew, and render the rest.

        Returns:
            For each part what is to be sent now, or None if nothing of it is left to send.
        """
        if not self.is_read_ahead(parts):
            self._read(connection, parts, destination.render_version, now)
        self._render(parts, destination)
        return [self._taken_out(part.batch_no) for part in parts]

    def is_read_ahead(self, parts: Iterable[Part]) -> bool:
        """Return whether parcels can be made of parts without a look at the snapshot."""
        return all(part.is_whole and part.batch_no in self._read_ahead for part in parts)

    def render_ahead(self, parts: Iterable[Part], destination: Destination) -> None:
        """Render what was read ahead."""
        self._render([part for part in parts if part.batch_no in self._read_ahead], destination)

    def take_out_again(self, connection: duckdb.DuckDBPyConnection, job: OpenJob) -> bool:
        """Plan to remove anew whom a job may have put in after their removal.

        Returns:
            Whether there is anybody.
        """
        about = {"batch_no": job.part.batch_no, "ordinals": list(job.ordinals)}
        overtaken = statement(__package__, "overtaken_rows")
        rows = connection.execute(overtaken, self._scope | about).to_arrow_table()
        if rows.num_rows:
            _append_removals(connection, rows, self._scope)
        return bool(rows.num_rows)

    def set_aside(
        self,
        connection: duckdb.DuckDBPyConnection,
        part: Part,
        destination: Destination,
        now: datetime,
    ) -> None:
        """Take out who withdrew; what is left is read anew when it is to be sent."""
        self._read(connection, [part], destination.render_version, now)
        self.forget()

    def _render(self, parts: Iterable[Part], destination: Destination) -> None:
        for part in parts:
            if part.batch_no not in self._rendered:
                self._rendered[part.batch_no] = self._sealed(part, destination)

    def _taken_out(self, batch_no: int) -> Parcel | None:
        del self._read_ahead[batch_no]
        return self._rendered.pop(batch_no)

    def expect(self, batches: Sequence[OpenBatch]) -> None:
        """Read ahead what is going to be sent, in this order."""
        self._expected = batches

    def forget(self) -> None:
        """Read anew before anything more is sent: somebody may have withdrawn."""
        self._read_ahead.clear()
        self._rendered.clear()

    def read_ahead(
        self, connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], render_version: str
    ) -> None:
        """Read what is to be sent next, unless some of it is not: that is for its own turn."""
        question = self._question(parts, render_version)
        rows = self._open_rows(connection, question)
        if not _is_any_set_aside(rows):
            self._keep(connection, rows, question)

    def _read(
        self,
        connection: duckdb.DuckDBPyConnection,
        parts: Sequence[Part],
        render_version: str,
        now: datetime,
    ) -> None:
        """Read open operations, and set aside those that are not to be sent."""
        question = self._question(parts, render_version)
        rows = self._open_rows(connection, question)
        if _is_any_set_aside(rows):
            _set_aside(connection, rows, self._scope, now)
            rows = self._open_rows(connection, question)
        self._keep(connection, rows, question)

    @property
    def _scope(self) -> dict[str, Any]:
        return {"sync": self.run.sync, "run_no": self.run.run_no}

    def _question(self, parts: Sequence[Part], render_version: str) -> dict[str, Any]:
        """Return the places to read: those of the parts, and of what follows whole batches."""
        numbers = [part.batch_no for part in parts]
        if all(part.is_whole for part in parts):
            numbers += self._upcoming(max(numbers))
        return {
            "batch_nos": numbers,
            "first": min(part.first for part in parts),
            "last": max(part.last for part in parts),
            "row_version": self.declaration.row_version(render_version),
        }

    def _open_rows(
        self, connection: duckdb.DuckDBPyConnection, question: Mapping[str, Any]
    ) -> pa.Table:
        records = statement(__package__, self._records).format(model=self.declaration.model_name)
        open_rows = statement(__package__, "open_rows").format(records=records)
        rows = connection.execute(open_rows, {**self._scope, **question}).to_arrow_table()
        is_removal = pc.is_in(rows["op"], pa.array(REMOVALS, rows["op"].type))
        has_two_names = pc.and_(pc.is_valid(rows["match_ref"]), pc.is_valid(rows["record"]))
        if pc.any(pc.and_(is_removal, has_two_names)).as_py():
            return self._without_names_of_others(connection, rows)
        return rows

    def _keep(
        self, connection: duckdb.DuckDBPyConnection, rows: pa.Table, question: Mapping[str, Any]
    ) -> None:
        numbers = question["batch_nos"]
        attempts = connection.execute(
            statement(__package__, "last_attempts"), {**self._scope, "batch_nos": numbers}
        ).fetchall()
        self._read_ahead = _by_batch(rows, dict.fromkeys(numbers, 0) | dict(attempts))
        self._rendered.clear()

    def _without_names_of_others(
        self, connection: duckdb.DuckDBPyConnection, rows: pa.Table
    ) -> pa.Table:
        """Leave out of removals the last rows that would take out somebody else."""
        connection.register("open_rows", rows)
        shared = statement(__package__, "shared_last_rows").format(
            model=self.declaration.model_name
        )
        others = [key for (key,) in connection.execute(shared).fetchall()]
        connection.unregister("open_rows")
        is_others = pc.is_in(rows["unit_key"], pa.array(others, rows["unit_key"].type))
        kept = pc.if_else(is_others, None, rows["record"])
        return rows.set_column(rows.column_names.index("record"), "record", kept)

    def _upcoming(self, last_no: int) -> list[int]:
        """Return the numbers of the batches that follow, as far as they are to be read ahead."""
        following = [each for each in self._expected if each.batch_no > last_no and not each.cuts]
        row_counts = accumulate(batch.row_count for batch in following)
        return [
            batch.batch_no
            for batch, row_count in zip(following, row_counts, strict=True)
            if row_count <= ROWS_AHEAD
        ]

    def _sealed(self, part: Part, destination: Destination) -> Parcel | None:
        """Return a batch as it is to leave, or None if nothing is left of it."""
        batch = self._read_ahead[part.batch_no]
        rows = batch.open_rows()
        now = rows if destination.mixes_operations else rows.of_one_kind()
        if not now.ordinals:
            return None
        mode = self.declaration.mode
        payload = destination.render(
            self.run.sync, self.declaration.fields, operations_of(now, mode)
        )
        payload_hash = self._digester.digest(payload)

        return Parcel(
            batch=Batch(
                sync=self.run.sync,
                run_id=self.run.run_id,
                number=part.batch_no,
                idempotency_key=self._idempotency_key(part, payload_hash),
                operations=Operations(now, mode),
                payload=payload,
            ),
            part=part,
            attempt=batch.last_attempt + 1,
            payload_hash=payload_hash,
            ordinals=tuple(now.ordinals),
            leaves_rest=len(now.ordinals) < len(rows.ordinals),
        )

    def _idempotency_key(self, part: Part, payload_hash: str) -> str:
        batch = (self.run.sync, self.run.run_id, str(part.batch_no), part.label, payload_hash)
        return hashlib.sha256("\n".join(batch).encode()).hexdigest()[:32]


def _is_any_set_aside(rows: pa.Table) -> bool:
    return bool(pc.any(pc.or_(rows["is_withdrawn"], rows["is_superseded"])).as_py())


def _set_aside(
    connection: duckdb.DuckDBPyConnection, rows: pa.Table, run: Mapping[str, Any], now: datetime
) -> None:
    """Settle what must not be sent, and take back what of it the destination may hold."""
    connection.register("open_rows", rows)
    connection.execute(statement(__package__, "set_aside_rows"), {**run, "now": now})
    connection.unregister("open_rows")
    _append_removals(connection, rows, run)


def _append_removals(
    connection: duckdb.DuckDBPyConnection, rows: pa.Table, run: Mapping[str, Any]
) -> None:
    connection.register("open_rows", rows)
    connection.execute(statement(__package__, "append_removals"), run)
    connection.unregister("open_rows")


def _by_batch(rows: pa.Table, last_attempts: Mapping[int, int]) -> dict[int, ReadBatch]:
    found = {number: ReadBatch(rows.slice(0, 0), last) for number, last in last_attempts.items()}
    runs = pc.run_end_encode(rows["batch_no"].combine_chunks())
    first = 0
    for number, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        found[number] = ReadBatch(rows.slice(first, end - first), last_attempts[number])
        first = end
    return found
