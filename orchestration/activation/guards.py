"""Guards: reasons not to believe a plan before the first byte of it leaves."""

import duckdb

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.protocol import Destination
from orchestration.activation.plan import Plan
from orchestration.activation.runs import Run, has_sent, vendor_of
from orchestration.errors import OnefoldError
from orchestration.settings import Settings


def check_vendor(
    connection: duckdb.DuckDBPyConnection,
    declaration: SyncDeclaration,
    destination: Destination,
    previous: Run | None,
) -> None:
    """Let a sync change to no other vendor, who would be asked to remove what the first one holds.

    Raises:
        OnefoldError: the previous run was planned for another vendor, and something was sent.
    """
    former = previous.vendor if previous else ""
    is_same = former in {"", vendor_of(destination.render_version)}
    if not is_same and has_sent(connection, declaration.name):
        raise OnefoldError(
            f"Sync {declaration.name} has sent people to {former}, where nobody would leave any "
            f"more: give the sync to {declaration.destination} a name of its own."
        )


def objections(plan: Plan, settings: Settings, hold: str | None) -> list[str]:
    """Return why a plan must not go out by itself, each as a part of a sentence.

    Removals for withdrawn consent are no part of it: they are never held back.

    Args:
        plan: Counts of the plan.
        settings: Has the limits.
        hold: What failed before the plan was made, if anything did.
    """
    reasons = [hold] if hold else []

    if plan.removed and not plan.desired:
        reasons.append(f"the sync model is empty, while the destination holds {plan.held} people")
    elif plan.removed > max(plan.held, settings.max_removed_rows):
        reasons.append(
            f"{plan.removed} people would be removed, more than {settings.max_removed_rows}, "
            f"while {plan.held} are known to be held"
        )
    elif _shrinks_too_much(plan, settings):
        reasons.append(
            f"{plan.removed} of {plan.held} people would be removed, more than "
            f"{settings.max_removed_share:.0%} and more than {settings.max_removed_rows}"
        )
    return reasons


def _shrinks_too_much(plan: Plan, settings: Settings) -> bool:
    return (
        plan.removed > settings.max_removed_rows
        and plan.removed > settings.max_removed_share * plan.held
    )
