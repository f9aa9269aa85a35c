"""What a person or a program is told about a sync."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal[
    "planned", "blocked", "open", "done", "done_with_rejects", "failed", "not_configured"
]


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

    @property
    def is_success(self) -> bool:
        """Whether nothing is refused, held back or left over; a skipped sync is no failure."""
        return self.status in {"planned", "done", "not_configured"}
