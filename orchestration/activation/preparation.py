"""Preparation of batches: who may be sent to now, and what exactly goes out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, groupby
from operator import attrgetter

import duckdb

from orchestration.activation.batches import OpenBatch, OpenRow, Parcel, Part, operations_of
from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.protocol import Batch, Destination
from orchestration.activation.ledger import Digester
from orchestration.activation.runs import Run
from orchestration.statements import statement

ROWS_AHEAD = 30_000


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
        # Of whole batches in `open_rows` that were not sent since they were read: last attempts.
        self._read_ahead: dict[int, int] = {}
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
        if not all(part.is_whole and part.batch_no in self._read_ahead for part in parts):
            self._read(connection, parts, destination.render_version, now)
        self._render(connection, parts, destination)
        return [self._taken_out(part.batch_no) for part in parts]

    def render_ahead(
        self,
        connection: duckdb.DuckDBPyConnection,
        batch_nos: Sequence[int],
        destination: Destination,
    ) -> None:
        """Render what was read ahead."""
        parts = [Part(batch_no) for batch_no in batch_nos if batch_no in self._read_ahead]
        self._render(connection, parts, destination)

    def _render(
        self, connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], destination: Destination
    ) -> None:
        open_parts = {each.batch_no: each for each in parts if each.batch_no not in self._rendered}
        if not open_parts:
            return
        scope = {"batch_nos": list(open_parts)}
        found = connection.execute(statement(__package__, "rows_to_send"), scope).fetchall()
        self._rendered |= dict.fromkeys(open_parts)
        for batch_no, rows in groupby(map(OpenRow._make, found), attrgetter("batch_no")):
            parcel = self._sealed(open_parts[batch_no], list(rows), destination)
            self._rendered[batch_no] = parcel

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

    def _read(
        self,
        connection: duckdb.DuckDBPyConnection,
        parts: Sequence[Part],
        render_version: str,
        now: datetime,
    ) -> None:
        """Put open operations into the temp table `open_rows`, without those not to be sent."""
        numbers = [part.batch_no for part in parts]
        if all(part.is_whole for part in parts):
            numbers += self._upcoming(max(numbers))
        scope = {"sync": self.run.sync, "run_no": self.run.run_no, "batch_nos": numbers}
        what = {
            "first": min(part.first for part in parts),
            "last": max(part.last for part in parts),
            "row_version": self.declaration.row_version(render_version),
        }
        records = statement(__package__, self._records).format(model=self.declaration.model_name)
        open_rows = statement(__package__, "open_rows").format(records=records)

        connection.execute(open_rows, scope | what)
        aside = connection.execute(statement(__package__, "set_aside_rows"), {"now": now})
        if aside.fetchall()[0][0]:
            connection.execute(statement(__package__, "append_removals"))
            connection.execute(open_rows, scope | what)
        attempts = connection.execute(statement(__package__, "last_attempts"), scope).fetchall()
        self._read_ahead = dict.fromkeys(numbers, 0) | dict(attempts)
        self._rendered.clear()

    def _upcoming(self, last_no: int) -> list[int]:
        """Return the numbers of the batches that follow, as far as they are to be read ahead."""
        following = [each for each in self._expected if each.batch_no > last_no and not each.cuts]
        row_counts = accumulate(batch.row_count for batch in following)
        return [
            batch.batch_no
            for batch, row_count in zip(following, row_counts, strict=True)
            if row_count <= ROWS_AHEAD
        ]

    def _sealed(self, part: Part, rows: list[OpenRow], destination: Destination) -> Parcel:
        now = rows if destination.mixes_operations else _of_one_kind(rows)
        operations = operations_of(now, self.declaration.mode)
        payload = destination.render(self.run.sync, self.declaration.fields, operations)
        payload_hash = self._digester.digest(payload)

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
            attempt=self._read_ahead[part.batch_no] + 1,
            payload_hash=payload_hash,
            ordinals=tuple(row.ordinal for row in now),
            leaves_rest=len(now) < len(rows),
        )

    def _idempotency_key(self, part: Part, payload_hash: str) -> str:
        batch = (self.run.sync, self.run.run_id, str(part.batch_no), part.label, payload_hash)
        return hashlib.sha256("\n".join(batch).encode()).hexdigest()[:32]


def _of_one_kind(rows: list[OpenRow]) -> list[OpenRow]:
    """Return the removals, or where there are none, the others."""
    return [row for row in rows if row.is_removal] or rows
