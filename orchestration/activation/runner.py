"""One sync from plan to report."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb

from orchestration.activation.checkpoints import write_due_checkpoint
from orchestration.activation.compiled import compiled_model
from orchestration.activation.consents import ConsentsInForce
from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.protocol import Destination, LandsLate, MatchesByKey
from orchestration.activation.engine import Delivery, RunStoppedError
from orchestration.activation.guards import check_destination, objections, with_doubts
from orchestration.activation.journal import Journal
from orchestration.activation.ledger import Digester, Ledger
from orchestration.activation.plan import Plan, Planner, write_plan
from orchestration.activation.preparation import Preparation
from orchestration.activation.reports import Status, SyncReport, report_of_plan, report_of_run
from orchestration.activation.retries import Patience
from orchestration.activation.runs import (
    HELD_BACK,
    DeliveredCounts,
    Run,
    delivered_counts,
    has_open_operations,
    latest_run,
    new_run,
    record_run,
)
from orchestration.activation.snapshots import (
    newest_snapshot,
    session_with_newest_snapshot,
    snapshot_path,
)
from orchestration.errors import OnefoldError
from orchestration.settings import Settings
from orchestration.statements import statement

# Nothing else is planned until then. Longer than any destination says that its work takes.
LONGEST_JOB_HOURS = 72

Progress = Callable[[str, int, int], None]
# Says why nothing but withdrawals may go out, as a part of a sentence, or nothing.
Hold = Callable[[], str | None]
# A run as it is now, and what became of its operations.
Counted = tuple[Run, DeliveredCounts]


class SyncRunner:
    """Plans and delivers one sync; whoever uses it holds the lock of the sync."""

    def __init__(  # noqa: PLR0913 - what it works with, and two options
        self,
        settings: Settings,
        declaration: SyncDeclaration,
        destination: Destination,
        patience: Patience | None = None,
        on_progress: Progress | None = None,
        *,
        full_resync: bool = False,
    ) -> None:
        self._settings = settings
        self._declaration = declaration
        self._destination = destination
        self._patience = patience or Patience(settings.sync_budget_seconds)
        self._on_progress = on_progress or (lambda *_: None)
        self._full_resync = full_resync
        self._ledger = Ledger(settings)
        self._digester = Digester(self._ledger.key())

    def plan(self, hold: str | None) -> SyncReport:
        """Say what a run would do now; only a verdict of the guards is noted, for approval."""
        with self._ledger.kept_open(), self._planning_session() as (connection, snapshot_id):
            previous = self._previous_run(connection)
            if previous and previous.is_unfinished:
                counts = delivered_counts(connection, previous)
                return self._report_of_open_run(previous, counts)
            plan = self._draw_up(connection, snapshot_id)
            reasons = objections(plan, self._settings, hold, previous)
            run = self._record_blocked(connection, plan, previous, reasons) if reasons else None

        return report_of_plan(self._declaration.name, plan, run)

    def run(self, hold: Hold) -> SyncReport:
        """Finish what is open, then plan from the newest snapshot and deliver.

        Args:
            hold: Asked right before the plan for what forbids it, which may be hours later.
        """
        with self._ledger.kept_open():
            return self._run(hold)

    def _run(self, hold: Hold) -> SyncReport:
        with self._session("reading the ledger") as connection:
            previous = self._previous_run(connection)
            is_open = previous is not None and has_open_operations(connection, previous)
            told = _told_before(connection, previous)

        if previous and is_open:
            resumed, counts = self._resume(previous)
            if resumed.leaves_open(counts):
                return self._report_of_open_run(resumed, counts)
            report = report_of_run(resumed, counts)
            newest = self._run_newest(hold()).less(told, previous)
            # A run that was held back goes on under its own number, and counts itself.
            return newest if resumed.status in HELD_BACK else newest.plus(report)

        return self._run_newest(hold()).less(told, previous)

    def _report_of_open_run(self, run: Run, counts: DeliveredCounts) -> SyncReport:
        report = report_of_run(run, counts)
        return report.without_resync() if self._full_resync else report

    def _previous_run(self, connection: duckdb.DuckDBPyConnection) -> Run | None:
        previous = latest_run(connection, self._declaration.name)
        state = compiled_model(self._settings, "delivered_state")
        check_destination(connection, self._declaration, state, previous)
        return previous

    def _resume(self, run: Run) -> Counted:
        is_readable = snapshot_path(self._settings, run.snapshot_id or "").is_file()
        if run.is_unfinished and (run.spec_hash != self._spec_hash() or not is_readable):
            return self._abort(run)
        if run.is_unfinished:
            self._add_withdrawals(run)
        return self._deliver(run)

    def _add_withdrawals(self, run: Run) -> None:
        """Let whoever withdrew since a run was planned leave with it, before anybody is put in.

        But not while it only takes people out, or it would never end where many withdraw.
        """
        scope = {"sync": run.sync, "run_no": run.run_no}
        with self._planning_session() as (connection, snapshot_id):
            additions = connection.execute(statement(__package__, "open_additions"), scope)
            if additions.fetchone() and self._draw_up(connection, snapshot_id).withdrawn:
                self._write_plan(connection, run, only_withdrawn=True)

    def _abort(self, run: Run) -> Counted:
        """End a run that cannot go on, once its jobs are done: one could undo what follows."""
        reason = "the declaration or the snapshot that it was planned for is gone"
        journal = self._journal(run)
        journal.recover(self._destination)
        try:
            self._delivery(journal).end_jobs()
        except RunStoppedError as stop:
            if stop.status == "open" and journal.hours_since_first_job() < LONGEST_JOB_HOURS:
                return self._note_stop(run, "open", f"{reason}, and {stop.reason}")
        journal.give_up()
        return self._note_stop(run, "aborted", reason)

    def _run_newest(self, hold: str | None) -> SyncReport:
        with self._planning_session() as (connection, snapshot_id):
            previous = latest_run(connection, self._declaration.name)
            plan = self._draw_up(connection, snapshot_id)
            reasons = objections(plan, self._settings, hold, previous)

            if reasons:
                run = self._record_blocked(connection, plan, previous, reasons)
                self._write_plan(connection, run, only_withdrawn=True)
            elif plan.is_empty:
                return self._report_unchanged(connection, plan, previous)
            else:
                run = self._record_planned(connection, plan, previous)
                self._write_plan(connection, run, only_withdrawn=False)

        return report_of_run(*self._deliver(run))

    def _write_plan(
        self, connection: duckdb.DuckDBPyConnection, run: Run, *, only_withdrawn: bool
    ) -> None:
        now = self._settings.clock()
        write_plan(connection, run, self._destination, now, only_withdrawn=only_withdrawn)

    def _record_blocked(
        self,
        connection: duckdb.DuckDBPyConnection,
        plan: Plan,
        previous: Run | None,
        reasons: list[str],
    ) -> Run:
        is_same_run = previous is not None and previous.status in {"blocked", "approved"}
        run = previous if previous and is_same_run else new_run(self._declaration.name, previous)
        blocked = replace(self._with_counts(run, plan), status="blocked", reason="; ".join(reasons))
        # Noted once per change, however often the sync is tried.
        return blocked if blocked == run else record_run(connection, blocked, self._settings.clock)

    def _record_planned(
        self, connection: duckdb.DuckDBPyConnection, plan: Plan, previous: Run | None
    ) -> Run:
        is_approved = previous is not None and previous.status == "approved"
        run = previous if previous and is_approved else new_run(self._declaration.name, previous)
        planned = replace(self._with_counts(run, plan), status="planned", reason=plan.note)
        planned = replace(planned, removed=plan.removed + plan.withdrawn)

        return record_run(connection, planned, self._settings.clock)

    def _with_counts(self, run: Run, plan: Plan) -> Run:
        return replace(
            run,
            added=plan.added,
            updated=plan.updated,
            removed=plan.removed,
            quarantined=plan.quarantined,
            spec_hash=self._spec_hash(),
            snapshot_id=plan.snapshot_id,
        )

    def _deliver(self, run: Run) -> Counted:
        """Deliver what a run has open, and note how it ended or why it stopped."""
        try:
            self._delivery(self._journal(run)).deliver()
        except RunStoppedError as stop:
            return self._note_stop(run, stop.status, stop.reason)
        except OnefoldError as error:
            return self._note_stop(run, "failed", str(error).rstrip("."))

        return self._finish(run) if run.is_unfinished else self._counted(run)

    def _delivery(self, journal: Journal) -> Delivery:
        name = self._declaration.name
        return Delivery(
            journal,
            self._destination,
            self._patience,
            lambda settled, total: self._on_progress(name, settled, total),
        )

    def _note_stop(self, run: Run, status: str, reason: str) -> Counted:
        if not run.is_unfinished:
            told = replace(run, reason=f"{run.reason}; withdrawals wait, since {reason}")
            return self._counted(told)
        with self._session("noting a stop") as connection:
            stopped = replace(run, status=status, reason=reason)
            record_run(connection, stopped, self._settings.clock)
            return stopped, delivered_counts(connection, stopped)

    def _finish(self, run: Run) -> Counted:
        with self._session("ending a run") as connection:
            counts = delivered_counts(connection, run)
            status = "done_with_rejects" if counts.rejected + run.quarantined else "done"
            # Of a run that was taken up again, the reason tells why it had stopped.
            note = run.reason if run.status == "planned" else None
            ended = record_run(
                connection, replace(run, status=status, reason=note), self._settings.clock
            )
            state = compiled_model(self._settings, "delivered_state")
            write_due_checkpoint(connection, ended, state)
        return ended, counts

    def _report_unchanged(
        self, connection: duckdb.DuckDBPyConnection, plan: Plan, previous: Run | None
    ) -> SyncReport:
        """Report a plan without operations; the ledger grows only if the state is another."""
        status: Status = "done_with_rejects" if plan.quarantined else "done"
        if previous is None:
            name = self._declaration.name
            return SyncReport(sync=name, run_id=None, status="done", reason=plan.note)
        is_told = previous.status == status and previous.reason == plan.note
        if is_told and plan.quarantined:
            counts = delivered_counts(connection, previous)
            is_told = counts.rejected + previous.quarantined == plan.quarantined
        if not is_told:
            run = replace(
                self._with_counts(new_run(previous.sync, previous), plan),
                status=status,
                reason=plan.note,
            )
            previous = record_run(connection, run, self._settings.clock)

        return SyncReport(
            sync=previous.sync,
            run_id=previous.run_id,
            status=status,
            rejected=plan.quarantined,
            reason=plan.note,
        )

    def _counted(self, run: Run) -> Counted:
        with self._session("reading the ledger") as connection:
            return run, delivered_counts(connection, run)

    def _draw_up(self, connection: duckdb.DuckDBPyConnection, snapshot_id: str) -> Plan:
        planner = Planner(
            self._declaration,
            compiled_model(self._settings, "delivered_state"),
            self._destination,
            self._digester,
            resends_all=self._full_resync,
        )
        plan = planner.draw_up(connection, snapshot_id, self._settings.clock())
        return with_doubts(connection, plan, self._settings, self._declaration.name)

    def _journal(self, run: Run) -> Journal:
        pinned = run.snapshot_id or ""
        if not (run.is_unfinished or snapshot_path(self._settings, pinned).is_file()):
            # A blocked run has removals only, which are rendered without a row: any snapshot does.
            pinned = newest_snapshot(self._settings, self._ledger)
        has_match_keys = isinstance(self._destination, MatchesByKey)
        records = "records_of_match_keys" if has_match_keys else "records_of_people"
        return Journal(
            self._ledger,
            Preparation(run, self._declaration, self._digester, records),
            ConsentsInForce(self._settings.published_path),
            snapshot_path(self._settings, pinned),
            self._settings.clock,
            self._lands_within,
        )

    def _planning_session(self) -> AbstractContextManager[tuple[duckdb.DuckDBPyConnection, str]]:
        """Open the ledger with the newest snapshot and the newest consents.

        Raises:
            OnefoldError: there are no consents to read, so nothing can be sent.
        """
        published = self._settings.published_path
        if not published.is_file():
            raise OnefoldError(
                "published/onefold.duckdb is missing, so no consent can be read and nothing is "
                "sent; run `onefold run`."
            )
        work = f"Sync {self._declaration.name}: planning from snapshot and consents"
        return session_with_newest_snapshot(self._settings, self._ledger, work, published=published)

    def _session(
        self, work: str, **files: Path
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        return self._ledger.session(f"Sync {self._declaration.name}: {work}", **files)

    @property
    def _lands_within(self) -> timedelta | None:
        if isinstance(self._destination, LandsLate):
            return timedelta(hours=self._destination.lands_within_hours)
        return None

    def _spec_hash(self) -> str:
        version, declaration = self._destination.render_version, self._declaration
        return f"{version}:{declaration.spec_hash()}@{declaration.destination}"


def _told_before(connection: duckdb.DuckDBPyConnection, previous: Run | None) -> DeliveredCounts:
    """Count the withdrawals that left while a plan waited for its approval, and were told then."""
    if previous is None or previous.status != "approved":
        return DeliveredCounts()
    return delivered_counts(connection, previous)
