"""What holds every sync: the newest data are not fit to be published, or not new enough."""

from orchestration.errors import BusyError
from orchestration.ingestion.arrivals import overdue_arrivals
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.runs import newest_run
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
