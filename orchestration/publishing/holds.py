"""What holds every sync: the newest data were not found fit to be published."""

from orchestration.errors import BusyError
from orchestration.ingestion.runs import current_run
from orchestration.publishing.reading import published_run
from orchestration.settings import Settings
from orchestration.warehouse import connect, told_without_values


def hold_reason(settings: Settings) -> str | None:
    """Say why nothing but withdrawals may go out, as a part of a sentence, or nothing.

    The published file stays as it was when a build fails, so a sync could go on sending from it
    as if all were well; a test that failed may tell of what it has long been sending.

    Raises:
        WarehouseError: the warehouse cannot be read.
    """
    if not settings.warehouse_path.is_file():
        return None
    try:
        with (
            connect(settings.warehouse_path, read_only=True) as warehouse,
            told_without_values("Looking for the newest run"),
        ):
            newest = current_run(warehouse)
    except BusyError:
        return "the warehouse is being built at this moment"

    if newest is None or newest.run_id == published_run(settings):
        return None
    return (
        f"run {newest.run_id} was not published, since a test failed or it was stopped; "
        "after the next good `onefold run` this sync goes on by itself"
    )
