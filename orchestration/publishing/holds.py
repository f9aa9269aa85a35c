"""What holds every sync: the newest data are not fit to be published, or not new enough."""

from collections.abc import Callable

from orchestration.errors import BusyError
from orchestration.ingestion.arrivals import overdue_arrivals
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.runs import newest_run
from orchestration.locks import is_held
from orchestration.publishing.reading import published_run
from orchestration.settings import Settings


def hold_reason(settings: Settings) -> str | None:
    """Say why nothing but withdrawals may go out, as a part of a sentence, or nothing.

    The published file stays as it was when a build fails, so a sync could go on sending from it
    as if all were well; a test that failed may tell of what it has long been sending. A source that
    fell silent makes people look as if they had stopped buying.

    Raises:
        WarehouseError: the warehouse cannot be read.
    """
    try:
        newest = newest_run(settings.warehouse_path)
        overdue = newest and overdue_arrivals(
            settings.warehouse_path, read_catalog(), settings.clock()
        )
    except BusyError:
        return "the warehouse is being built at this moment"

    if newest is None:
        return None
    if newest.run_id == published_run(settings):
        return "; ".join(overdue or ()) or None
    return (
        f"run {newest.run_id} was not published, since a test failed or it was stopped; "
        "after the next good `onefold run` this sync goes on by itself"
    )


def hold_while_others_run(settings: Settings) -> Callable[[], str | None]:
    """Judge the newest run now, and each time that is asked for once no run is at work.

    Whoever calls it holds the run lock, and lets it go before asking: what another run is building
    at that moment was not judged yet.

    Raises:
        WarehouseError: the warehouse cannot be read.
    """
    run_lock = settings.locks_path / "run.lock"
    judged = hold_reason(settings)

    def newest() -> str | None:
        if is_held(run_lock):
            return judged
        found = hold_reason(settings)
        # A run that began between the two looks has noted itself, and published nothing.
        return judged if is_held(run_lock) else found

    return newest
