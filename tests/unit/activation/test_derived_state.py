"""Property of the derived state: planning from it repairs whatever went wrong before."""

from collections.abc import Iterator
from random import Random

import duckdb

from orchestration.activation.ledger import Ledger
from tests.unit.activation.world import World, compiled

HISTORIES = 300
KEYS = ("p1", "p2", "p3", "p4")

# Key, operation, digest, outcome, run, attempt, place: what the ledger keeps of an attempt.
Row = tuple[str, str, str | None, str, int, int, int]


class History:
    """A destination that loses requests and answers, and the ledger's account of it."""

    def __init__(self, number: int) -> None:
        self.sync = f"s{number}"
        self.chance = Random(number)
        self.members: dict[str, str] = {}

    def wanted(self) -> dict[str, str]:
        """Return some people, each with one of two rows."""
        return {key: self.chance.choice("ab") for key in KEYS if self.chance.random() < 0.6}

    def deliver(
        self, wanted: dict[str, str], held: dict[str, str | None], run_no: int, faults: bool
    ) -> Iterator[Row]:
        """Send the differences, and yield the outcome of every attempt."""
        for place, key in enumerate(sorted(wanted.keys() | held.keys()), start=1):
            if key in wanted and key in held and wanted[key] == held[key]:
                continue
            op = "add" if key in wanted else "remove"
            for attempt in range(1, 4):
                outcome = self._try(key, wanted.get(key), faults=faults)
                yield key, op, wanted.get(key), outcome, run_no, attempt, place
                if outcome != "unknown":
                    break

    def _try(self, key: str, row: str | None, *, faults: bool) -> str:
        outcome = self.chance.choice(("acked", "rejected", "lost", "cut")) if faults else "acked"
        if outcome in {"acked", "cut"}:
            if row is None:
                self.members.pop(key, None)
            else:
                self.members[key] = row
        return "unknown" if outcome in {"lost", "cut"} else outcome


def test_planning_from_the_derived_state_repairs_every_history(world: World) -> None:
    """Requests lost before and after they were applied, and refusals in between."""
    histories = [History(number) for number in range(HISTORIES)]
    wanted: dict[str, dict[str, str]] = {}

    with Ledger(world.settings).session("Test") as connection:
        for run_no in range(1, 7):
            held = _held(connection)
            if run_no == 4:
                _checkpoint(connection, run_no - 1)
            for history in histories:
                wanted[history.sync] = history.wanted()
                rows = history.deliver(
                    wanted[history.sync], held.get(history.sync, {}), run_no, run_no < 6
                )
                _note(connection, history.sync, list(rows))

        final = _held(connection)

    for history in histories:
        assert history.members == wanted[history.sync], history.sync
        assert history.members == final.get(history.sync, {}), history.sync


def _held(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str | None]]:
    held: dict[str, dict[str, str | None]] = {}
    for sync, key, row_hash in (
        connection.sql(compiled("delivered_state")).select("sync", "key", "row_hash").fetchall()
    ):
        held.setdefault(sync, {})[key] = row_hash
    return held


def _checkpoint(connection: duckdb.DuckDBPyConnection, run_no: int) -> None:
    state = connection.sql(compiled("delivered_state"))
    state.select(
        f"sync, {run_no} as run_no, key, row_hash, null, null, null, delivered_at"
    ).insert_into("ledger.activation.checkpoint")


def _note(connection: duckdb.DuckDBPyConnection, sync: str, rows: list[Row]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * 7
    connection.execute(
        """
        insert into ledger.activation.delivery by name
        select
            $1 as sync, unnest($2::text[]) as unit_key, unnest($3::text[]) as op,
            unnest($4::text[]) as row_hash, unnest($5::text[]) as outcome,
            unnest($6::bigint[]) as run_no, unnest($7::bigint[]) as attempt,
            unnest($8::bigint[]) as ordinal, 1 as batch_no, timestamp '2026-01-01' as occurred_at
        """,
        [sync, *map(list, columns)],
    )
