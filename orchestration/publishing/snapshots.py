"""Snapshots that syncs read: kept while an open delivery run needs them."""

from orchestration.settings import Settings


def prune_snapshots(settings: Settings, pinned: set[str]) -> list[str]:
    """Remove every snapshot but the newest and those that open delivery runs have pinned.

    Args:
        settings: Where the snapshots are.
        pinned: Run ids of snapshots that must stay.

    Returns:
        Run ids of the snapshots that were removed.
    """
    snapshots = sorted(
        settings.snapshots_path.glob("*.duckdb"), key=lambda path: path.stat().st_mtime_ns
    )
    outdated = [path for path in snapshots[:-1] if path.stem not in pinned]
    for path in outdated:
        path.unlink()

    return [path.stem for path in outdated]
