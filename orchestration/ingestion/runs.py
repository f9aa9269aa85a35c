"""Runs: each has a number, a name, and one moment that it takes for now."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import duckdb

from orchestration.ingestion.landing import ensure_own_tables
from orchestration.statements import statement
from orchestration.warehouse import told_without_values


@dataclass(frozen=True)
class Run:
    """A run; all its times are UTC."""

    run_id: str
    run_number: int
    started_at: datetime
    run_at: datetime
    onefold_version: str


def start_run(warehouse: duckdb.DuckDBPyConnection, clock: Callable[[], datetime]) -> Run:
    """Note a new run, which every model then takes for the current one.

    Args:
        warehouse: Open for writing.
        clock: Gives the moment that the run takes for now, with its offset.

    Raises:
        WarehouseError: the run could not be noted.
    """
    now = clock().astimezone(UTC).replace(tzinfo=None)

    with told_without_values("Starting a run"):
        ensure_own_tables(warehouse)
        former = current_run(warehouse)
        number = former.run_number + 1 if former else 1
        run = Run(f"{now:%Y%m%dT%H%M%SZ}-{number:04d}", number, now, now, version("onefold"))
        warehouse.execute(statement(__package__, "record_run"), asdict(run))
    return run


def current_run(warehouse: duckdb.DuckDBPyConnection) -> Run | None:
    """Return the newest run, or nothing before the first."""
    row = warehouse.execute(statement(__package__, "current_run")).fetchone()
    return Run(*row) if row else None
