"""Deliveries as `sync run` starts them, and a run that came to nothing."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from orchestration.cli.console import note

if TYPE_CHECKING:
    from orchestration.activation import SyncDeclaration, SyncReport
    from orchestration.settings import Settings


def deliver(
    settings: "Settings", syncs: "Sequence[SyncDeclaration]", *, full_resync: bool = False
) -> "list[SyncReport]":
    """Run syncs, and publish the account of it.

    Raises:
        OnefoldError: a sync or an alert cannot be used, or another run takes too long.
    """
    from orchestration.activation import run_syncs
    from orchestration.cli.progress import shown_deliveries
    from orchestration.locks import hold, is_held
    from orchestration.publishing import renew_activation
    from orchestration.publishing.holds import hold_reason

    run_lock = settings.locks_path / "run.lock"
    turn = partial(hold, run_lock, settings.lock_timeout_seconds, note)
    with turn():
        doubt = hold_reason(settings)

    def newest_doubt() -> str | None:
        # What is being built at this moment was not judged yet.
        return doubt if is_held(run_lock) else hold_reason(settings)

    # A slow destination keeps no run from publishing who withdrew meanwhile.
    with shown_deliveries() as on_progress:
        reports = run_syncs(
            settings, syncs, hold=newest_doubt, full_resync=full_resync, on_progress=on_progress
        )
    with turn():
        renew_activation(settings)
    return reports
