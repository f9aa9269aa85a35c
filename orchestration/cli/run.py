"""`onefold run`: the main job, once, in this process."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.console import AsJson

Raw = Annotated[
    Path | None,
    typer.Option(
        "--raw", help="Folder with <source>/<table>.csv, .parquet or .jsonl; else ONEFOLD_RAW_DIR."
    ),
]
Truth = Annotated[
    Path | None,
    typer.Option(
        help="Folder with records.csv: who is who, to measure by; else ONEFOLD_TRUTH_DIR."
    ),
]
FullRefresh = Annotated[
    bool,
    typer.Option(
        "--full-refresh", help="Build every table anew from raw; person ids and entry dates stay."
    ),
]
NoSync = Annotated[bool, typer.Option("--no-sync", help="Publish, but send nothing.")]


def run(
    raw: Raw = None,
    truth: Truth = None,
    full_refresh: FullRefresh = False,
    no_sync: NoSync = False,
    as_json: AsJson = False,
) -> None:
    """Load the raw files, build, test, publish, sync."""
    from orchestration.cli.refreshing import leave_by_status, refresh, show_report
    from orchestration.settings import get_settings, set_environment

    if raw is not None:
        set_environment(ONEFOLD_RAW_DIR=str(raw.expanduser().resolve()))
    if truth is not None:
        set_environment(ONEFOLD_TRUTH_DIR=str(truth.expanduser().resolve()))

    report = refresh(get_settings(), full_refresh=full_refresh, is_syncing=not no_sync)
    show_report(report, as_json=as_json)
    leave_by_status(report)
