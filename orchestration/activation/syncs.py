"""The four things that can be done with syncs: plan, run, look at, approve."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import replace

from orchestration.activation.alert_channels import alert_channels
from orchestration.activation.alerts import tell_changes
from orchestration.activation.compiled import compiled_model
from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.registry import destination_for, missing_settings
from orchestration.activation.ledger import Ledger
from orchestration.activation.plan import count_held_units
from orchestration.activation.reports import SyncReport, report_of_run
from orchestration.activation.runner import Hold, Progress, SyncRunner
from orchestration.activation.runs import (
    delivered_counts,
    has_open_operations,
    latest_run,
    record_run,
    run_by_id,
)
from orchestration.activation.snapshots import remove_snapshots, session_with_newest_snapshot
from orchestration.errors import BusyError, OnefoldError, UsageError, logged_if_it_fails, unforeseen
from orchestration.settings import Settings
from orchestration.statements import statement

logger = logging.getLogger(__name__)


def plan_sync(
    settings: Settings,
    declaration: SyncDeclaration,
    *,
    hold: str | None = None,
    full_resync: bool = False,
) -> SyncReport:
    """Say what `run_sync` would send now, without sending it.

    Args:
        settings: Where the ledger, the snapshots and the destinations are.
        declaration: The sync.
        hold: Why nothing but withdrawals may go out: a failed test, a stale source.
        full_resync: Whether what is held is sent again, whatever is known of it.

    Raises:
        OnefoldError: there is nothing to plan from, or the sync runs at this moment.
    """
    destination = destination_for(settings, declaration)
    if destination is None:
        return _not_configured(declaration)
    with closing(destination), Ledger(settings).single_flight(declaration.name):
        runner = SyncRunner(settings, declaration, destination, full_resync=full_resync)
        return _with_reasons(settings, declaration, runner.plan(hold))


def run_sync(
    settings: Settings,
    declaration: SyncDeclaration,
    *,
    hold: Hold = lambda: None,
    full_resync: bool = False,
    on_progress: Progress | None = None,
) -> SyncReport:
    """Finish the open run of a sync, then plan a new one and deliver it.

    Args:
        settings: Where the ledger, the snapshots and the destinations are.
        declaration: The sync.
        hold: Asked right before the plan why nothing but withdrawals may go out: a failed test, a
            stale source.
        full_resync: Whether what is held is sent again, whatever is known of it.
        on_progress: Told after each batch: the sync, operations settled, operations in all.

    Raises:
        OnefoldError: there is nothing to plan from.
    """
    destination = destination_for(settings, declaration)
    if destination is None:
        return _not_configured(declaration)
    with closing(destination), ExitStack() as turn:
        try:
            # No run is to fail over another one, or over a look at what would be sent.
            turn.enter_context(
                Ledger(settings).single_flight(declaration.name, settings.lock_timeout_seconds)
            )
        except BusyError:
            return _still_sending(declaration)
        runner = SyncRunner(
            settings, declaration, destination, on_progress=on_progress, full_resync=full_resync
        )
        return _with_reasons(settings, declaration, runner.run(hold))


def run_syncs(
    settings: Settings,
    declarations: Sequence[SyncDeclaration],
    *,
    hold: Hold = lambda: None,
    full_resync: bool = False,
    on_progress: Progress | None = None,
) -> list[SyncReport]:
    """Run the syncs as `finished_syncs` does, and return their reports in the order given.

    Raises:
        UsageError: a sync or an alert is declared in a way that cannot be used.
    """
    finished = finished_syncs(
        settings, declarations, hold=hold, full_resync=full_resync, on_progress=on_progress
    )
    reports = {report.sync: report for report in finished}
    return [reports[declaration.name] for declaration in declarations]


def finished_syncs(
    settings: Settings,
    declarations: Sequence[SyncDeclaration],
    *,
    hold: Hold = lambda: None,
    full_resync: bool = False,
    on_progress: Progress | None = None,
) -> Iterator[SyncReport]:
    """Run the syncs side by side, and yield the report of each as soon as it has ended.

    A failure of one is its report, and stops or slows no other. A sync that got into trouble, or
    out of it, is told where alerts go. An alert or a clean-up that fails is logged: the next run
    makes up for it.

    Raises:
        UsageError: a sync or an alert is declared in a way that cannot be used; raised when the
            other syncs have ended.
    """

    def run(declaration: SyncDeclaration) -> SyncReport | UsageError:
        try:
            return run_sync(
                settings, declaration, hold=hold, full_resync=full_resync, on_progress=on_progress
            )
        except UsageError as error:
            return error
        except OnefoldError as error:
            return _failed(declaration, str(error))
        except Exception as error:
            # Told by its place, and the others go on.
            return _failed(declaration, unforeseen(error))

    misuses: list[UsageError] = []
    with alert_channels(settings) as channels, Ledger(settings).kept_open():
        with ThreadPoolExecutor(max_workers=max(1, len(declarations))) as pool:
            for ended in as_completed([pool.submit(run, sync) for sync in declarations]):
                report = ended.result()
                if isinstance(report, UsageError):
                    misuses.append(report)
                    continue
                for channel in channels:
                    with logged_if_it_fails(logger, f"The alert by {channel.name}"):
                        tell_changes(settings, [channel], [report])
                yield report
        release_snapshots(settings)
    if misuses:
        raise misuses[0]


def sync_status(settings: Settings, declarations: Sequence[SyncDeclaration]) -> list[SyncReport]:
    """Say where each sync stands, from the ledger alone.

    Raises:
        OnefoldError: the ledger cannot be read.
    """
    reports = []
    with Ledger(settings).session("Reading the delivery ledger") as connection:
        for declaration in declarations:
            run = latest_run(connection, declaration.name)
            if run:
                reports.append(report_of_run(run, delivered_counts(connection, run)))
            elif missing_settings(declaration.destination):
                reports.append(_not_configured(declaration))
            else:
                reports.append(_not_run_yet(declaration))
    told = zip(declarations, reports, strict=True)
    return [_with_reasons(settings, declaration, report) for declaration, report in told]


def interrupted_runs(settings: Settings, declarations: Sequence[SyncDeclaration]) -> dict[str, str]:
    """Return, by sync, the run that neither ended nor failed: it was killed, or put off.

    Raises:
        OnefoldError: the ledger cannot be read.
    """
    runs = {}
    ledger = Ledger(settings)
    with ledger.session("Looking for interrupted runs") as connection:
        for declaration in declarations:
            run = latest_run(connection, declaration.name)
            if run is None or run.status == "failed" or missing_settings(declaration.destination):
                continue
            if has_open_operations(connection, run) and not ledger.is_in_flight(run.sync):
                runs[declaration.name] = run.run_id
    return runs


def held_count(settings: Settings, declaration: SyncDeclaration) -> int:
    """Return how many units the destination holds by the ledger, or may hold.

    Raises:
        OnefoldError: the ledger cannot be read.
    """
    with Ledger(settings).session("Counting what is held") as connection:
        state = compiled_model(settings, "delivered_state")
        return count_held_units(connection, declaration.name, state)


def refused_reasons(settings: Settings, declaration: SyncDeclaration) -> dict[str, int]:
    """Return how many units stand refused, by the code of the destination.

    Raises:
        OnefoldError: nothing is published, or the ledger cannot be read.
    """
    ledger, work = Ledger(settings), "Counting what was refused"
    with session_with_newest_snapshot(settings, ledger, work) as (connection, _):
        query = statement(__package__, "refused_reasons").format(model=declaration.model_name)
        return dict(connection.execute(query, {"sync": declaration.name}).fetchall())


def approve(settings: Settings, run_id: str) -> SyncReport:
    """Let one blocked plan through, once, at the next run of its sync.

    Raises:
        UsageError: no blocked plan has this run_id.
    """
    with Ledger(settings).session("Approving a plan") as connection:
        run = run_by_id(connection, run_id)
        newest = latest_run(connection, run.sync) if run else None
        if run is None:
            raise UsageError(f"No run has the id {run_id}; `onefold sync status` lists them.")
        if run.status != "blocked" or run != newest:
            raise UsageError(f"Run {run_id} is not blocked now, so there is nothing to approve.")
        approved = record_run(connection, replace(run, status="approved"), settings.clock)
        return report_of_run(approved, delivered_counts(connection, approved))


def release_snapshots(settings: Settings) -> None:
    """Remove the snapshots that neither an open run nor the next plan will read.

    What stands against it is logged: the next publish or delivery makes up for it.
    """
    ledger = Ledger(settings)
    with (
        logged_if_it_fails(logger, "Removing snapshots that nobody reads"),
        ledger.kept_open(),
    ):
        remove_snapshots(settings, ledger)


def _with_reasons(
    settings: Settings, declaration: SyncDeclaration, report: SyncReport
) -> SyncReport:
    """Return a report with the codes of its refusals; most have none, and nothing is read."""
    if not report.rejected:
        return report
    reasons: dict[str, int] = {}
    with logged_if_it_fails(logger, f"Counting the refusals of sync {report.sync}"):
        reasons = refused_reasons(settings, declaration)
    return report.model_copy(update={"refused_reasons": reasons})


def _not_configured(declaration: SyncDeclaration) -> SyncReport:
    missing = " and ".join(missing_settings(declaration.destination))
    return SyncReport(
        sync=declaration.name,
        run_id=None,
        status="not_configured",
        reason=f"{missing} not set",
    )


def _failed(declaration: SyncDeclaration, reason: str) -> SyncReport:
    return SyncReport(sync=declaration.name, run_id=None, status="failed", reason=reason)


def _still_sending(declaration: SyncDeclaration) -> SyncReport:
    return SyncReport(
        sync=declaration.name,
        run_id=None,
        status="open",
        reason="another run still delivers it; what is new since then leaves with the next run",
    )


def _not_run_yet(declaration: SyncDeclaration) -> SyncReport:
    return SyncReport(
        sync=declaration.name, run_id=None, status="planned", reason="it has not run yet"
    )
