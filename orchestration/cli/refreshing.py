"""The main job as `run` and `demo` both start it, and what it ends with."""

from dataclasses import dataclass, replace
from typing import Any

import typer

from orchestration.cli.console import complain, note, out, show_json
from orchestration.cli.delivering import deliver
from orchestration.cli.progress import shown_progress
from orchestration.cli.tables import deliveries_table, lines_about, loads_table, steps_table
from orchestration.errors import OnefoldError, UsageError
from orchestration.home import prepare_home
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.runs import Run, loads_of_newest_run, newest_run
from orchestration.publishing.reading import published_run
from orchestration.run_progress import RunOutcome
from orchestration.settings import Settings, export_environment
from orchestration.transformation.manifest import ensure_manifest

# The worst of several syncs gives its name to the run.
SYNC_PROBLEMS = ("failed", "blocked", "open", "done_with_rejects")
REPORTED_COUNTS = ("sync", "added", "updated", "removed", "rejected", "pending")
REPORTED_WHERE_ANY = ("refused_reasons",)


@dataclass(frozen=True)
class RefreshReport:
    """What a run ends with."""

    outcome: RunOutcome
    status: str
    loads: list[dict[str, Any]]
    people: int | None
    published: str | None

    def document(self) -> dict[str, Any]:
        """Return the object that `--json` promises."""
        return {
            "run_id": self.outcome.run_id,
            "status": self.status,
            "seconds": round(self.outcome.seconds, 2),
            "loads": self.loads,
            "people": self.people,
            "published": self.published,
            "deliveries": [
                {name: delivery.get(name, 0) for name in REPORTED_COUNTS}
                | {name: delivery[name] for name in REPORTED_WHERE_ANY if name in delivery}
                for delivery in self.outcome.deliveries
            ],
        }


def refresh(settings: Settings, *, full_refresh: bool, is_syncing: bool) -> RefreshReport:
    """Run the main job and gather what came of it.

    Raises:
        UsageError: there is nothing to load and nothing was loaded before.
    """
    _check_input(settings)
    prepare_home(settings)
    export_environment()
    ensure_manifest(settings, tell=note)

    with shown_progress() as tell:
        # Dagster costs seconds to import, so the arguments are checked before it.
        from orchestration.defs.monitoring.execution import run_refresh

        outcome = run_refresh(settings, full_refresh=full_refresh, is_syncing=is_syncing, tell=tell)
    is_held_back = is_syncing and not outcome.is_success and outcome.published is None
    if is_held_back and outcome.run_id:
        outcome = replace(outcome, deliveries=outcome.deliveries or _held_back(settings))
    return _report(settings, outcome)


def show_report(report: RefreshReport, *, as_json: bool) -> None:
    """Print what came of a run, for people or for machines."""
    for delivery in report.outcome.deliveries:
        for line in lines_about(delivery):
            note(line)
    if report.outcome.failure:
        complain(report.outcome.failure)
    if as_json:
        show_json(report.document())
        return

    if report.published:
        out.print(loads_table(report.loads))
        out.print(f"People: {report.people:,}. Published: {report.published}", soft_wrap=True)
    if report.outcome.deliveries:
        out.print(deliveries_table(report.outcome.deliveries))
    if report.outcome.steps:
        out.print(steps_table(report.outcome.steps))
    out.print(last_line(report))


def last_line(report: RefreshReport) -> str:
    """Return how a run ended, in one line."""
    name = report.outcome.run_id or "The run"
    return f"{name}: {report.status}, {report.outcome.seconds:.1f} s."


def leave_by_status(report: RefreshReport) -> None:
    """Leave with 0 only if all of it worked."""
    if report.status != "done":
        raise typer.Exit(1)


def _held_back(settings: Settings) -> list[dict[str, Any]]:
    """Let syncs tell that a run that failed holds them back; withdrawals leave all the same."""
    from orchestration.activation import declared_syncs
    from orchestration.publishing.holds import hold_reason

    try:
        if published_run(settings) is None or hold_reason(settings) is None:
            return []
        reports, account = deliver(settings, declared_syncs(ensure_manifest(settings, tell=note)))
    except OnefoldError as error:
        note(str(error))
        return []
    if account.delay:
        note(account.delay)
    return [report.model_dump() for report in reports]


def _check_input(settings: Settings) -> None:
    if settings.raw_dir is not None:
        discover(settings.raw_dir, read_catalog(), settings.truth_dir)
    elif not settings.warehouse_path.exists():
        raise UsageError(
            "Nothing was loaded yet: name the folder of raw files with --raw DIR "
            "or in ONEFOLD_RAW_DIR."
        )


def _report(settings: Settings, outcome: RunOutcome) -> RefreshReport:
    if outcome.published is None:
        return _unpublished(settings, outcome)
    return RefreshReport(
        outcome=outcome,
        status=_status(outcome),
        loads=outcome.published.loads,
        people=outcome.published.people,
        published=str(settings.published_path),
    )


def _unpublished(settings: Settings, outcome: RunOutcome) -> RefreshReport:
    """Tell how far a run got: it may have been noted, and may have loaded, before it failed."""
    newest = _newest_run(settings)
    loads = []
    # By now another run may have begun.
    if newest and newest.run_id == outcome.run_id:
        loads = loads_of_newest_run(settings.warehouse_path)

    return RefreshReport(outcome, _status(outcome), loads, people=None, published=None)


def _newest_run(settings: Settings) -> Run | None:
    try:
        return newest_run(settings.warehouse_path)
    except OnefoldError:
        # A build that a killed run left still writes, or the file is damaged: the run itself waits
        # for the one and tells of the other.
        return None


def _status(outcome: RunOutcome) -> str:
    if not outcome.is_success:
        return "failed"

    reached = {delivery["status"] for delivery in outcome.deliveries}
    return next((problem for problem in SYNC_PROBLEMS if problem in reached), "done")
