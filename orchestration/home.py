"""The state directory: its folders, who may enter them, and Dagster's instance file."""

import os
from contextlib import suppress
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.settings import Settings

OWNER_ONLY = 0o700
READABLE = 0o755
# DuckDB's write-ahead log and spill files, drafts and drops get their mode from the process.
NOBODY_ELSE = 0o077
# Dagster ends a run that takes longer.
LONGEST_RUN_SECONDS = 6 * 60 * 60

DAGSTER_INSTANCE = """\
telemetry: {enabled: false}
nux: {enabled: false}
# One run builds while another delivers; further ones wait in the queue.
concurrency:
  runs: {max_concurrent_runs: 2}
run_monitoring:
  enabled: true
  max_runtime_seconds: %d
event_log_storage:
  module: orchestration.defs.monitoring.event_storage
  class: SteadyEventLogStorage
  config: {base_dir: "%s"}
# What libraries print while a step runs may quote the data, so it is not kept.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
retention:
  schedule: {purge_after_days: 30}
  sensor: {purge_after_days: {skipped: 2, failure: 30, success: 30}}
"""


def prepare_home(settings: Settings) -> None:
    """Make the state directory's folders; only the published file is for others to read.

    Raises:
        UsageError: ONEFOLD_HOME names a place where that is not possible.
    """
    try:
        _make_folders(settings)
    except OSError as error:
        raise UsageError(
            f"ONEFOLD_HOME cannot be used: {settings.home} is no folder to write to "
            f"({error.strerror})."
        ) from None


def _make_folders(settings: Settings) -> None:
    _make_folder(settings.home, READABLE)
    _make_folder(settings.published_path.parent, READABLE)

    keep_to_owner()
    for folder in private_folders(settings):
        _make_folder(folder, OWNER_ONLY)

    events_path = settings.dagster_home / "history" / "runs"
    _write_if_changed(
        settings.dagster_home / "dagster.yaml",
        DAGSTER_INSTANCE % (LONGEST_RUN_SECONDS, events_path),
    )


def keep_to_owner() -> None:
    """Let no file that this process or its children make be readable by others."""
    os.umask(NOBODY_ELSE)


def private_folders(settings: Settings) -> list[Path]:
    """Return the folders that only the owner may enter."""
    return [
        settings.locks_path,
        settings.snapshots_path,
        settings.spill_path,
        settings.pauses_path,
        settings.dagster_home,
        settings.target_path.parent,
        settings.target_path,
    ]


def private_files(settings: Settings) -> list[Path]:
    """Return the files with personal values that exist now."""
    files = [settings.warehouse_path, settings.ledger_path, settings.ledger_snapshot_path]
    return [path for path in files if path.exists()] + sorted(
        settings.snapshots_path.glob("*.duckdb")
    )


def keep_private(settings: Settings) -> None:
    """Take the files with personal values from everyone but their owner."""
    for path in private_files(settings):
        # A run that ends its deliveries removes snapshots meanwhile.
        with suppress(FileNotFoundError):
            path.chmod(0o600)


def _make_folder(folder: Path, mode: int) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(mode)
    elif mode == OWNER_ONLY:
        # dbt or a linter may have made it first, with the mode of the day.
        folder.chmod(mode)


def _write_if_changed(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
