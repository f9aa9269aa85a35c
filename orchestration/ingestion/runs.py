"""Runs: each has a number, a name, and one moment that it takes for now."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingestion.landing import ensure_own_tables
from orchestration.statements import statement
from orchestration.warehouse import connect, rows, told_without_values


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


def newest_run(warehouse_path: Path) -> Run | None:
    """Return the newest run of a warehouse file, or nothing where there is none to be seen.

    Raises:
        BusyError: another process writes to the file.
        WarehouseError: the file cannot be read.
    """
    if not warehouse_path.is_file():
        return None
    with (
        connect(warehouse_path, read_only=True) as warehouse,
        told_without_values("Looking for the newest run"),
    ):
        return current_run(warehouse) if _has_runs(warehouse) else None


def loads_of_newest_run(warehouse_path: Path) -> list[dict[str, Any]]:
    """Return the rows of each loaded table as the load counted them; what staged them is not known.

    Raises:
        WarehouseError: the file cannot be read.
    """
    with (
        connect(warehouse_path, read_only=True) as warehouse,
        told_without_values("Counting what was loaded"),
    ):
        return rows(warehouse, statement(__package__, "loads_of_run"))


def _has_runs(warehouse: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the load got as far as its own tables; it may have been killed before."""
    return bool(warehouse.execute(statement(__package__, "has_runs")).fetchone())
