"""Tables on the terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from orchestration.cli.progress import step_title
from orchestration.publishing.reading import WATERFALL_STEPS
from orchestration.run_progress import StepOutcome

LOAD_COUNTS = ("rows_read", "rows_staged", "rows_superseded", "rows_quarantined")
SYNC_COUNTS = ("added", "updated", "removed", "rejected", "pending")
SHOWN_STEPS = 8
SHOWN_CODES = 3


def loads_table(loads: Sequence[Mapping[str, Any]]) -> Table:
    """Rows in and out per landing table; tables that never had a row are left out."""
    table = counts_table(
        "Rows in and out", ["table", "read", "staged", "superseded", "quarantined"]
    )
    for load in loads:
        if load["rows_read"]:
            counts = [f"{load[name]:,}" for name in LOAD_COUNTS]
            table.add_row(f"{load['source']}.{load['table']}", *counts)
    return table


def deliveries_table(deliveries: Sequence[Mapping[str, Any]]) -> Table:
    """What each sync sent, and what of it was refused or waits."""
    table = counts_table("Deliveries", ["sync", *SYNC_COUNTS], last="status")
    for delivery in deliveries:
        counts = [f"{delivery.get(name, 0):,}" for name in SYNC_COUNTS]
        table.add_row(delivery["sync"], *counts, delivery["status"])
    return table


def lines_about(delivery: Mapping[str, Any]) -> list[str]:
    """Say why a sync is as it is, and why rows of it stand refused, where there is a reason."""
    lines = [reason_line(delivery)] if delivery.get("reason") else []
    if delivery.get("refused_reasons"):
        lines.append(refusals_line(delivery))
    return lines


def reason_line(delivery: Mapping[str, Any]) -> str:
    """Say why a sync is as it is; where somebody has to approve it, by the name of the run."""
    run = f" ({delivery['run_id']})" if delivery["status"] == "blocked" else ""
    return f"{delivery['sync']}{run}: {delivery['reason']}"


def refusals_line(delivery: Mapping[str, Any]) -> str:
    """Say why rows of a sync stand refused, by the codes of its destination."""
    reasons: Mapping[str, int] = delivery["refused_reasons"]
    ranked = sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    parts = [f"{code} {count:,}" for code, count in ranked[:SHOWN_CODES]]
    if others := sum(count for _, count in ranked[SHOWN_CODES:]):
        parts.append(f"others {others:,}")
    return f"{delivery['sync']}: refused {sum(reasons.values()):,}: {', '.join(parts)}"


def waterfall_line(waterfall: Mapping[str, Any]) -> str:
    """Say step by step how many people of an audience come through to their deliveries."""
    came_and_went = f"{waterfall['entered_count']:,} new, {waterfall['left_count']:,} gone"
    steps = [f"{waterfall['candidate_count']:,} candidates ({came_and_went})"]
    steps += [f"{waterfall[column]:,} {name}" for column, name in WATERFALL_STEPS.items()]
    return " → ".join(steps)


def steps_table(steps: Sequence[StepOutcome]) -> Table:
    """How long each step took, the longest first."""
    table = counts_table("Seconds per step", ["step", "seconds"])
    for step in sorted(steps, key=lambda step: step.seconds, reverse=True)[:SHOWN_STEPS]:
        table.add_row(step_title(step.name), f"{step.seconds:.1f}" if step.is_success else "failed")
    return table


def counts_table(title: str, columns: Sequence[str], *, last: str | None = None) -> Table:
    """Make a table whose first column is a name and whose others are numbers."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    if last is not None:
        table.add_column(last)
    return table
