"""The four things that can be done with syncs: plan, run, look at, approve."""

from collections.abc import Callable, Sequence

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.reports import SyncReport
from orchestration.errors import OnefoldError
from orchestration.settings import Settings

# Told after each batch: the sync, the rows settled so far, the rows of the plan.
Progress = Callable[[str, int, int], None]


def plan_sync(
    settings: Settings, declaration: SyncDeclaration, *, hold: str | None = None
) -> SyncReport:
    """Say what `run_sync` would send now, without sending it."""
    raise OnefoldError(f"{declaration.name} cannot be planned yet.")


def run_sync(
    settings: Settings,
    declaration: SyncDeclaration,
    *,
    hold: str | None = None,
    on_progress: Progress | None = None,
) -> SyncReport:
    """Finish the open run of a sync, or plan a new one and deliver it.

    Args:
        settings: Where the ledger, the snapshots and the destinations are.
        declaration: The sync.
        hold: Why nothing but withdrawals may go out: a failed test, a stale source.
        on_progress: Told after each batch.
    """
    raise OnefoldError(f"{declaration.name} cannot be run yet.")


def run_syncs(
    settings: Settings,
    declarations: Sequence[SyncDeclaration],
    *,
    hold: str | None = None,
    on_progress: Progress | None = None,
) -> list[SyncReport]:
    """Run every sync; a failure of one is its report, and stops no other."""
    return [
        run_sync(settings, declaration, hold=hold, on_progress=on_progress)
        for declaration in declarations
    ]


def sync_status(settings: Settings, declarations: Sequence[SyncDeclaration]) -> list[SyncReport]:
    """Say where each sync stands, from the ledger alone."""
    raise OnefoldError("The ledger cannot be read yet.")


def approve(settings: Settings, run_id: str) -> SyncReport:
    """Let one blocked plan through, once, at the next run of its sync.

    Raises:
        UsageError: no blocked plan has this run_id.
    """
    raise OnefoldError(f"{run_id} cannot be approved yet.")
