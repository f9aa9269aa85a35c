"""What holds every sync: the newest data were not found fit to be published."""

from orchestration.errors import BusyError
from orchestration.ingestion.runs import newest_run
from orchestration.publishing.reading import published_run
from orchestration.settings import Settings


def hold_reason(settings: Settings) -> str | None:
    """Say why nothing but withdrawals may go out, as a part of a sentence, or nothing.

    The published file stays as it was when a build fails, so a sync could go on sending from it
    as if all were well; a test that failed may tell of what it has long been sending.

    Raises:
        WarehouseError: the warehouse cannot be read.
    """
    try:
        newest = newest_run(settings.warehouse_path)
    except BusyError:
        return "the warehouse is being built at this moment"

    if newest is None or newest.run_id == published_run(settings):
        return None
    return (
        f"run {newest.run_id} was not published, since a test failed or it was stopped; "
        "after the next good `onefold run` this sync goes on by itself"
    )
