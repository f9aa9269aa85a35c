"""When files arrived, and whether the raw folder has changed since the last look."""

import hashlib
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.statements import statement


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
