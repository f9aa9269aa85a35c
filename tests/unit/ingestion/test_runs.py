"""Runs and the moment they take for now."""

from datetime import UTC, datetime, timedelta, timezone

from orchestration.ingestion.runs import current_run, start_run
from orchestration.warehouse import connect


def test_runs_are_numbered_and_named_by_their_moment() -> None:
    """A name tells when, and sorts in the order of the runs."""
    moscow = timezone(timedelta(hours=3))

    with connect(":memory:") as warehouse:
        first = start_run(warehouse, lambda: datetime(2026, 1, 1, tzinfo=UTC))
        second = start_run(warehouse, lambda: datetime(2026, 1, 1, 6, 30, tzinfo=moscow))

        assert (first.run_id, second.run_id) == ("20260101T000000Z-0001", "20260101T033000Z-0002")
        assert current_run(warehouse) == second
        assert second.run_at == datetime(2026, 1, 1, 3, 30)  # noqa: DTZ001 - UTC without offset
