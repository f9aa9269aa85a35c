"""Guards: reasons not to believe a plan before the first byte of it leaves."""

from dataclasses import replace

import duckdb

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.plan import Plan, count_held_units
from orchestration.activation.runs import Run
from orchestration.errors import OnefoldError
from orchestration.settings import Settings
from orchestration.statements import statement

CHURN = "changes come of people who were joined or parted"


def check_destination(
    connection: duckdb.DuckDBPyConnection,
    declaration: SyncDeclaration,
    delivered_state: str,
    previous: Run | None,
) -> None:
    """Let a sync go to no other destination, which would be asked to remove whom the first holds.

    Raises:
        OnefoldError: the previous run was planned for another one, and that holds somebody.
    """
    former = previous.destination if previous else ""
    if former in {"", declaration.destination}:
        return
    if count_held_units(connection, declaration.name, delivered_state):
        raise OnefoldError(
            f"Sync {declaration.name} has sent people to {former}, where nobody would leave any "
            f"more: give the sync to {declaration.destination} a name of its own."
        )


def with_doubts(
    connection: duckdb.DuckDBPyConnection, plan: Plan, settings: Settings, sync: str
) -> Plan:
    """Count what may come of a fault, where the size of the plan leaves room for so much of it."""
    may_grow = _exceeds(plan.added, plan.held, settings.max_added_rows, settings.max_added_share)
    may_be_renamed = _exceeds(
        plan.added + plan.removed,
        plan.held,
        settings.max_renamed_rows,
        settings.max_renamed_share,
    )
    if not (may_grow or may_be_renamed):
        return plan
    counts = connection.execute(statement(__package__, "doubtful_counts"), {"sync": sync})
    newcomers, renamed = counts.fetchone() or (0, 0)
    return replace(plan, newcomers=newcomers, renamed=renamed)


def objections(
    plan: Plan, settings: Settings, hold: str | None, previous: Run | None = None
) -> list[str]:
    """Return why a plan must not go out, each as a part of a sentence.

    Removals for withdrawn consent are no part of it: they are never held back. An approval covers
    what was told before it: the same hold, and a plan that removes and adds no more people than the
    approved one did.

    Args:
        plan: Counts of the plan.
        settings: Has the limits.
        hold: What failed before the plan was made, if anything did.
        previous: The last run, which may have been approved.
    """
    approved = previous if previous and previous.status == "approved" else None
    is_hold_approved = bool(hold and approved and hold in (approved.reason or ""))
    goes_on_removing = approved is None or plan.removed > approved.removed
    goes_on_adding = approved is None or plan.added > approved.added
    goes_on_renaming = approved is None or plan.renamed > _told_churn(approved)
    reasons = [
        None if is_hold_approved else hold,
        _loss(plan, settings) if goes_on_removing else None,
        _growth(plan, settings) if goes_on_adding else None,
        _churn(plan, settings) if goes_on_renaming else None,
    ]
    return [reason for reason in reasons if reason]


def _loss(plan: Plan, settings: Settings) -> str | None:
    if plan.removed and not plan.desired:
        return f"the sync model is empty, while the destination holds {plan.held} {plan.units}"
    if plan.removed > max(plan.held, settings.max_removed_rows):
        return (
            f"{plan.removed} {plan.units} would be removed, more than {settings.max_removed_rows}, "
            f"while {plan.held} are known to be held"
        )
    if _exceeds(plan.removed, plan.held, settings.max_removed_rows, settings.max_removed_share):
        return (
            f"{plan.removed} of {plan.held} {plan.units} would be removed, more than "
            f"{settings.max_removed_share:.0%} and more than {settings.max_removed_rows}"
        )
    return None


def _growth(plan: Plan, settings: Settings) -> str | None:
    # Whoever was planned before is no news, though a destination may have refused them.
    known = max(plan.held, plan.desired - plan.newcomers)
    if known and _exceeds(plan.newcomers, known, settings.max_added_rows, settings.max_added_share):
        return (
            f"{plan.newcomers} {plan.units} would be new beside {known}, more than "
            f"{settings.max_added_share:.0%} and more than {settings.max_added_rows}"
        )
    return None


def _churn(plan: Plan, settings: Settings) -> str | None:
    if plan.held and _exceeds(
        plan.renamed, plan.held, settings.max_renamed_rows, settings.max_renamed_share
    ):
        return (
            f"{plan.renamed} {CHURN}, while "
            f"{plan.held} are held, more than {settings.max_renamed_share:.0%} and more than "
            f"{settings.max_renamed_rows}"
        )
    return None


def _told_churn(approved: Run) -> int:
    """Return how many changes of the plan may have come of it, where that was told."""
    is_told = CHURN in (approved.reason or "")
    return approved.added + approved.removed if is_told else 0


def _exceeds(count: int, whole: int, rows: int, share: float) -> bool:
    return count > rows and count > share * whole
