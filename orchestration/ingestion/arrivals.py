"""When files arrived, and whether the raw folder has changed since the last look."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.ingestion.catalog import LandingTable
from orchestration.statements import statement
from orchestration.warehouse import connect, told_without_values


def fingerprint(raw_dir: Path) -> str | None:
    """Return a digest of the names, sizes and times of all files, or None where there is none."""
    digest = hashlib.sha256()
    paths = sorted(path for path in raw_dir.rglob("*") if path.is_file())

    for path in paths:
        status = path.stat()
        digest.update(
            f"{path.relative_to(raw_dir)}\0{status.st_size}\0{status.st_mtime_ns}\n".encode(
                errors="surrogateescape"
            )
        )
    return digest.hexdigest() if paths else None


def last_arrival(warehouse: duckdb.DuckDBPyConnection, source: str) -> datetime | None:
    """Return when a file of a source was last loaded, or None where none ever was."""
    row = warehouse.execute(
        statement(__package__, "last_arrival"), {"source_name": source}
    ).fetchone()
    return row[0] if row else None


def overdue_arrivals(
    warehouse_path: Path, tables: Iterable[LandingTable], now: datetime
) -> list[str]:
    """Return which tables got no new file in time, each as a part of a sentence.

    Only those of which the page says what is in time, and which ever got one.

    Raises:
        WarehouseError: the warehouse cannot be read.
    """
    expected = {table.full_name: table.stale_after for table in tables if table.stale_after}
    if not expected or not warehouse_path.is_file():
        return []
    with (
        connect(warehouse_path, read_only=True) as warehouse,
        told_without_values("Looking for the last arrivals"),
    ):
        arrivals = warehouse.execute(statement(__package__, "last_arrivals")).fetchall()

    return [
        f"{name} got its last file at {arrived_at:%Y-%m-%d %H:%M} UTC, longer ago than "
        f"{_in_words(limit)}"
        for name, arrived_at in arrivals
        if (limit := expected.get(name)) and now - arrived_at.replace(tzinfo=UTC) > limit
    ]


def _in_words(duration: timedelta) -> str:
    hours = duration / timedelta(hours=1)
    return f"{hours / 24:g} days" if hours % 24 == 0 else f"{hours:g} hours"
