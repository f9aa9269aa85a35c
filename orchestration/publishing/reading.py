"""The published file as any reader sees it: read-only, one file per look."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import connect, rows

# What the columns of audience_waterfall are called, behind the candidates.
WATERFALL_STEPS = {
    "contactable_count": "contactable",
    "consented_count": "consented",
    "unsuppressed_count": "not suppressed",
    "unheld_count": "not in the holdout",
    "deliverable_count": "in priority",
    "delivered_count": "delivered",
}


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file for one look; a longer one would keep seeing the old file."""
    with connect(settings.published_path, read_only=True) as connection:
        yield connection


def published_run(settings: Settings) -> str | None:
    """Return which run made the published file, or None where nothing was published."""
    if not settings.published_path.is_file():
        return None
    with reading(settings) as connection:
        row = connection.execute("select run_id from marts.run").fetchone()
    return row[0] if row else None


def published_loads(settings: Settings) -> list[dict[str, Any]]:
    """Return what became of the rows of each landing table."""
    with reading(settings) as connection:
        return rows(connection, statement(__package__, "load_report"))


def published_waterfall(settings: Settings) -> list[dict[str, Any]]:
    """Return how many people of each audience remain, step by step, until delivery."""
    with reading(settings) as connection:
        if not has_waterfall(connection):
            return []
        return rows(connection, statement(__package__, "waterfall"))


def has_waterfall(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a published file counts as far as delivery; those of 0.1.0 do not."""
    row = connection.execute(statement(__package__, "has_waterfall")).fetchone()
    return bool(row and row[0])


def published_people_count(settings: Settings) -> int:
    """Return how many people were found."""
    with reading(settings) as connection:
        row = connection.execute("select count(*) from marts.people").fetchone()
    return int(row[0]) if row else 0
