"""An asset per landing source, and one for what onefold notes about the loads."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import dagster as dg

from orchestration.defs.monitoring.failures import WHEN_IT_MAY_PASS, told_in_one_sentence
from orchestration.ingestion.arrivals import last_arrival
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.loader import TableLoad
from orchestration.ingestion.shares import check_shares
from orchestration.run_session import RunSession

LOAD_NOTES = dg.AssetKey(["raw", "onefold"])
FILES_ARRIVE = "files_arrive_in_time"
EXPECTED_WITHIN = timedelta(days=2)


def source_assets() -> list[dg.AssetsDefinition]:
    """Build an asset per source of the catalog, and the one that closes the load."""
    sources = sorted({table.source for table in read_catalog()})
    loads = [source_asset(source) for source in sources]
    return [*loads, load_notes([load.key for load in loads])]


def source_asset(source: str) -> dg.AssetsDefinition:
    """Build the asset that loads all landing tables of one source."""
    key = dg.AssetKey(["raw", source])

    @dg.asset(
        key=key,
        group_name="ingestion",
        description=f"Landing tables of {source}, in schema raw_{source}.",
        owners=["team:data"],
        kinds={"duckdb"},
        retry_policy=WHEN_IT_MAY_PASS,
        check_specs=[
            dg.AssetCheckSpec(
                FILES_ARRIVE,
                asset=key,
                description="The source delivered something within two days, if it ever did.",
            )
        ],
    )
    def load(session: dg.ResourceParam[RunSession]) -> dg.MaterializeResult:
        with told_in_one_sentence():
            loads = session.load(source)
            arrived_at = last_arrival(session.warehouse, source)
        return dg.MaterializeResult(
            metadata=_counts(loads),
            check_results=[_freshness(arrived_at, session.started_run.run_at)],
        )

    return load


def load_notes(sources: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Build the asset that ends the load: nothing is built on sources that are mostly broken."""

    @dg.asset(
        key=LOAD_NOTES,
        deps=sources,
        group_name="ingestion",
        description="What onefold notes about its runs and the files it loaded.",
        owners=["team:data"],
        kinds={"duckdb"},
    )
    def notes(session: dg.ResourceParam[RunSession]) -> dg.MaterializeResult:
        with told_in_one_sentence():
            run = session.started_run
            check_shares(session.warehouse, [file.name for file in session.files.files])
        return dg.MaterializeResult(metadata={"run_id": run.run_id, "run_number": run.run_number})

    return notes


def _counts(loads: Sequence[TableLoad]) -> dict[str, int]:
    return {
        "files_loaded": sum(load.files_loaded for load in loads),
        "files_unchanged": sum(load.files_unchanged for load in loads),
        "rows_read": sum(load.rows_read for load in loads),
        "rows_quarantined": sum(load.rows_quarantined for load in loads),
    }


def _freshness(arrived_at: datetime | None, now: datetime) -> dg.AssetCheckResult:
    if arrived_at is None:
        sentence, is_fresh = "This source has delivered nothing yet.", True
    else:
        sentence = f"The last files were loaded at {arrived_at:%Y-%m-%d %H:%M} UTC."
        is_fresh = now - arrived_at <= EXPECTED_WITHIN

    return dg.AssetCheckResult(
        check_name=FILES_ARRIVE,
        passed=is_fresh,
        severity=dg.AssetCheckSeverity.WARN,
        description=sentence,
    )
