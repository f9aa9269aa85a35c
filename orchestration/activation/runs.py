"""Runs of a sync, as the ledger tells them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.statements import statement

# A run in one of these states goes on where it stopped; it is never planned again, since
# that would forget the batches whose outcome is not known.
UNFINISHED = frozenset({"planned", "open", "failed"})

# Held back by the guards, except for withdrawals, which may be open all the same.
HELD_BACK = frozenset({"blocked", "approved"})


@dataclass(frozen=True)
class Run:
    """The newest state of one run."""

    sync: str
    run_no: int
    run_id: str
    status: str
    reason: str | None = None
    added: int = 0
    updated: int = 0
    removed: int = 0
    quarantined: int = 0
    spec_hash: str | None = None
    snapshot_id: str | None = None

    @property
    def is_unfinished(self) -> bool:
        """Whether the run goes on at the next start."""
        return self.status in UNFINISHED

    def leaves_open(self, counts: "DeliveredCounts") -> bool:
        """Return whether it is to go on, with these outcomes, before another is planned."""
        return self.is_unfinished or (self.status in HELD_BACK and counts.pending > 0)

    @property
    def destination(self) -> str:
        """The destination that the run was planned for; empty where it was not noted."""
        _, _, destination = (self.spec_hash or "").partition("@")
        return destination

    @property
    def planned_count(self) -> int:
        """Operations of the plan, or held back by the guards."""
        return self.added + self.updated + self.removed


@dataclass(frozen=True)
class DeliveredCounts:
    """What became of the operations of a run."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    rejected: int = 0
    pending: int = 0


def latest_run(connection: duckdb.DuckDBPyConnection, sync: str) -> Run | None:
    """Return the newest run of a sync in its newest state."""
    row = connection.execute(statement(__package__, "latest_run"), {"sync": sync}).fetchone()
    return Run(sync, *row) if row else None


def new_run(sync: str, previous: Run | None) -> Run:
    """Return the run after the previous one; nothing is written yet.

    The random part keeps names, and so idempotency keys and files, apart when a ledger is lost
    and the numbers start again.
    """
    run_no = previous.run_no + 1 if previous else 1
    return Run(sync, run_no, f"{run_no:06d}-{secrets.token_hex(4)}", "planned")


def record_run(
    connection: duckdb.DuckDBPyConnection, run: Run, clock: Callable[[], datetime]
) -> Run:
    """Note the state that a run has got into, and return the run."""
    connection.execute(
        statement(__package__, "record_run"),
        {
            "sync": run.sync,
            "run_no": run.run_no,
            "run_id": run.run_id,
            "status": run.status,
            "reason": run.reason,
            "added": run.added,
            "updated": run.updated,
            "removed": run.removed,
            "quarantined": run.quarantined,
            "spec_hash": run.spec_hash,
            "snapshot_id": run.snapshot_id,
            "now": clock().replace(tzinfo=None),
        },
    )
    return run


def delivered_counts(connection: duckdb.DuckDBPyConnection, run: Run) -> DeliveredCounts:
    """Count the outcomes of a run."""
    row = connection.execute(
        statement(__package__, "delivered_counts"), {"sync": run.sync, "run_no": run.run_no}
    ).fetchone()
    return DeliveredCounts(*row) if row else DeliveredCounts()


def has_open_operations(connection: duckdb.DuckDBPyConnection, run: Run) -> bool:
    """Return whether the run is to go on before anything is planned anew."""
    if run.is_unfinished:
        return True
    return run.status in HELD_BACK and run.leaves_open(delivered_counts(connection, run))


def run_by_id(connection: duckdb.DuckDBPyConnection, run_id: str) -> Run | None:
    """Return the run of this name in its newest state."""
    row = connection.execute(statement(__package__, "run_by_id"), {"run_id": run_id}).fetchone()
    return Run(*row) if row else None


def pinned_snapshots(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the snapshots that unfinished runs go on reading."""
    return {
        name
        for (name,) in connection.execute(statement(__package__, "pinned_snapshots")).fetchall()
    }
