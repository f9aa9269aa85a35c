"""Alerts: that a sync got into trouble, or out of it, is told once."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from orchestration.activation.ledger import Ledger
from orchestration.activation.reports import SyncReport
from orchestration.settings import Settings
from orchestration.statements import statement

logger = logging.getLogger(__name__)

State = Literal["ok", "refused", "blocked", "failed"]

# A run that is open goes on by itself, and a sync that is not configured was never meant to run:
# neither is another state than the one before.
STATES: Mapping[str, State] = {
    "done": "ok",
    "done_with_rejects": "refused",
    "blocked": "blocked",
    "failed": "failed",
}
HEADLINES: Mapping[State, str] = {
    "ok": "delivers again",
    "refused": "has rows that the destination refused",
    "blocked": "is held back and waits for an approval, or for its source",
    "failed": "failed",
}


class Alert(BaseModel):
    """What is told: a change of state, in counts and sentences without values."""

    model_config = ConfigDict(frozen=True)

    # The same for the same change, so that a repetition can be told from another one.
    alert_id: str
    state: State
    former_state: State
    report: SyncReport

    @property
    def headline(self) -> str:
        """The change in one line."""
        return f"Sync {self.report.sync} {HEADLINES[self.state]}"


class UntoldError(Exception):
    """An alert that did not get through; the text is a code."""


class Channel(Protocol):
    """A way to people."""

    @property
    def name(self) -> str:
        """Return what the ledger calls it."""

    def tell(self, alert: Alert) -> None:
        """Pass an alert on.

        Raises:
            UntoldError: nobody took it.
        """

    def close(self) -> None:
        """Let go of connections."""


def tell_changes(
    settings: Settings, channels: Sequence[Channel], reports: Sequence[SyncReport]
) -> None:
    """Tell, on each channel, the syncs whose state is another than the one told last.

    What was told is in the ledger: an alert that did not get through is told after the next run,
    and a channel that is new hears of the trouble there is.
    """
    ledger = Ledger(settings)
    for channel in channels:
        for report in reports:
            alert = _due(ledger, channel, report)
            if alert is not None:
                _tell(settings, ledger, channel, alert)


def _due(ledger: Ledger, channel: Channel, report: SyncReport) -> Alert | None:
    state = STATES.get(report.status)
    scope = {"sync": report.sync, "channel": channel.name}
    with ledger.session("Reading what was told") as connection:
        row = connection.execute(statement(__package__, "told_state"), scope).fetchone()
    number, former = row or (0, "ok")
    if state is None or state == former:
        return None
    # With the run: a ledger that was lost begins to count anew.
    change = "\n".join((report.sync, report.run_id or "", str(number), state))
    alert_id = hashlib.sha256(change.encode()).hexdigest()[:32]
    return Alert(alert_id=alert_id, state=state, former_state=former, report=report)


def _tell(settings: Settings, ledger: Ledger, channel: Channel, alert: Alert) -> None:
    try:
        channel.tell(alert)
    except UntoldError as error:
        logger.warning(
            "The alert that sync %s is %s did not get through by %s (%s); it is told after the "
            "next run.",
            alert.report.sync,
            alert.state,
            channel.name,
            error,
        )
        return
    with ledger.session("Noting an alert") as connection:
        connection.execute(
            statement(__package__, "record_alert"),
            {
                "sync": alert.report.sync,
                "channel": channel.name,
                "state": alert.state,
                "run_id": alert.report.run_id,
                "now": settings.clock().replace(tzinfo=None),
            },
        )
