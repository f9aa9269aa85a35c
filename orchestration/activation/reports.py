"""What a person or a program is told about a sync."""

from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from orchestration.activation.plan import Plan
from orchestration.activation.runs import HELD_BACK, DeliveredCounts, Run

Status = Literal[
    "planned", "blocked", "open", "done", "done_with_rejects", "failed", "not_configured"
]

NO_RESYNC = "no full resync was begun, since this run ends first: ask for it again then"


class SyncReport(BaseModel):
    """Where one sync stands, in counts only.

    Of a plan, `added`, `updated` and `removed` are what would be sent; of a run, what the
    destination acknowledged. `rejected` rows stand refused by the destination; `pending` rows
    wait for an open run to go on or for a blocked one to be approved.
    """

    model_config = ConfigDict(frozen=True)

    sync: str
    run_id: str | None
    status: Status
    added: int = 0
    updated: int = 0
    removed: int = 0
    rejected: int = 0
    pending: int = 0
    reason: str | None = None
    # By the code of the destination, the most frequent first; codes quote nobody. Told where rows
    # stand refused.
    refused_reasons: dict[str, int] = Field(default_factory=dict, exclude_if=lambda each: not each)

    @property
    def is_success(self) -> bool:
        """Whether nothing is refused, held back or left over; a skipped sync is no failure."""
        return self.status in {"planned", "done", "not_configured"}

    def without_resync(self) -> "SyncReport":
        """Return this report of an open run, and that no resync was begun behind it."""
        reason = "; ".join(filter(None, [self.reason, NO_RESYNC]))
        return self.model_copy(update={"reason": reason})

    def plus(self, earlier: "SyncReport") -> "SyncReport":
        """Return this report with what an earlier run, ended just before, delivered."""
        return self.model_copy(
            update={
                "added": self.added + earlier.added,
                "updated": self.updated + earlier.updated,
                "removed": self.removed + earlier.removed,
            }
        )

    def less(self, told: DeliveredCounts, run: Run | None) -> "SyncReport":
        """Return this report without what an earlier one has told, if it is of that run."""
        if run is None or run.run_id != self.run_id:
            return self
        return self.model_copy(
            update={
                "added": self.added - told.added,
                "updated": self.updated - told.updated,
                "removed": self.removed - told.removed,
            }
        )


def report_of_run(run: Run, counts: DeliveredCounts) -> SyncReport:
    """Tell how far a run came."""
    held_back = run.planned_count if run.status in HELD_BACK else 0
    return SyncReport(
        sync=run.sync,
        run_id=run.run_id,
        status=_told_status(run.status),
        added=counts.added,
        updated=counts.updated,
        removed=counts.removed,
        rejected=counts.rejected + run.quarantined,
        pending=counts.pending + held_back,
        reason=run.reason,
    )


def report_of_plan(sync: str, plan: Plan, blocked: Run | None) -> SyncReport:
    """Tell what would be sent, and whether the guards would let it."""
    removed = plan.removed + plan.withdrawn
    return SyncReport(
        sync=sync,
        run_id=blocked.run_id if blocked else None,
        status="blocked" if blocked else "planned",
        added=plan.added,
        updated=plan.updated,
        removed=removed,
        rejected=plan.quarantined,
        pending=blocked.planned_count if blocked else 0,
        reason=blocked.reason if blocked else plan.note,
    )


def _told_status(status: str) -> Status:
    """Return the status in the words of the contract."""
    told = {"planned": "open", "approved": "planned", "aborted": "failed"}
    return cast("Status", told.get(status, status))
