"""Replacing a DuckDB file in one step: readers see the old file or the new one, whole."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.drafts import draft_beside
from orchestration.warehouse import connect, told_without_values

Fill = Callable[[duckdb.DuckDBPyConnection], None]


def replace_file(path: Path, fill: Fill, mode: int, *, template: Path | None = None) -> None:
    """Build a DuckDB file beside its place, then put it there in one step.

    Args:
        path: Place of the file; whoever has the old one open keeps reading it.
        fill: Writes the content.
        mode: Permissions of the finished file.
        template: File to begin with, in place of an empty one.

    Raises:
        WarehouseError: a statement of `fill` was refused; the old file stays.
    """
    building_path = draft_beside(path)

    try:
        if template is not None:
            shutil.copyfile(template, building_path)
        _build(building_path, fill)
        building_path.chmod(mode)
        _flush(building_path)
        building_path.replace(path)
        _flush(path.parent)
    finally:
        building_path.unlink(missing_ok=True)
        _log_of(building_path).unlink(missing_ok=True)


def _build(path: Path, fill: Fill) -> None:
    with connect(path) as connection, told_without_values(f"Writing {path.name}"):
        fill(connection)
        connection.execute("checkpoint")

    # A file moved away from its write-ahead log would be a file without its last rows.
    if _log_of(path).exists():
        raise RuntimeError(f"{path.name} still has a write-ahead log after its checkpoint.")


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _flush(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
