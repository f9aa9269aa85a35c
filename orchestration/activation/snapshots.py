"""Snapshots: what a publish handed over to the syncs, immutable and readable by us alone."""

from pathlib import Path

from orchestration.errors import OnefoldError
from orchestration.settings import Settings


def snapshot_path(settings: Settings, snapshot_id: str) -> Path:
    """Return where the snapshot of a publishing run lies."""
    return settings.snapshots_path / f"{snapshot_id}.duckdb"


def newest_snapshot(settings: Settings) -> str:
    """Return the snapshot that was handed over last.

    Raises:
        OnefoldError: nothing was published yet.
    """
    paths = (settings.snapshots_path).glob("*.duckdb")
    newest = max(paths, key=lambda path: (path.stat().st_mtime_ns, path.name), default=None)
    if newest is None:
        raise OnefoldError("Nothing is published yet, so nothing can be sent; run `onefold run`.")
    return newest.stem


def remove_snapshots(settings: Settings, *, pinned: set[str]) -> None:
    """Remove the snapshots that no open run reads, except the newest: they hold contacts."""
    paths = list((settings.snapshots_path).glob("*.duckdb"))
    kept = {newest_snapshot(settings), *pinned} if paths else pinned
    for path in paths:
        if path.stem not in kept:
            path.unlink()
