"""Guards: reasons not to believe a plan before the first byte of it leaves."""

import duckdb

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.plan import Plan, count_held_units
from orchestration.activation.runs import Run
from orchestration.errors import OnefoldError
from orchestration.settings import Settings


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
