"""Deliveries as `sync run` starts them, and a run that came to nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orchestration.cli.console import note

if TYPE_CHECKING:
    from orchestration.activation import SyncDeclaration, SyncReport
    from orchestration.publishing import Account
    from orchestration.settings import Settings


def deliver(
    settings: "Settings", syncs: "Sequence[SyncDeclaration]", *, full_resync: bool = False
) -> "tuple[list[SyncReport], Account]":
    """Run syncs, and publish the account of it.

    Raises:
        OnefoldError: a sync or an alert cannot be used, or another run takes too long.
    """
    from orchestration.activation import run_syncs
    from orchestration.cli.progress import shown_deliveries
    from orchestration.publishing import publish_account
    from orchestration.publishing.holds import hold_while_others_run
    from orchestration.run_session import RunSession

    # A slow destination keeps no other run from publishing who withdrew meanwhile.
    with RunSession(settings, note) as session:
        hold = hold_while_others_run(settings)
        session.let_others_run()
        with shown_deliveries() as on_progress:
            reports = run_syncs(
                settings, syncs, hold=hold, full_resync=full_resync, on_progress=on_progress
            )
        return reports, publish_account(session)
