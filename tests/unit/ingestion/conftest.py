"""A raw folder, an empty warehouse and a way from one to the other."""

# Table names in the statements are those of the tests.
# ruff: noqa: S608

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingestion.landing import ensure_own_tables
from orchestration.ingestion.loader import OnProgress, quiet
from orchestration.ingestion.runs import start_run
from orchestration.warehouse import connect
from tests.loading import FolderLoad, load_folder

ROWS_READ = """
    select source_name, table_name, sum(rows_read)
    from raw_onefold.loaded_files
    group by 1, 2
    order by 1, 2
"""


@dataclass
class Bench:
    """A warehouse that loads one raw folder."""

    raw_dir: Path
    warehouse: duckdb.DuckDBPyConnection

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file into the raw folder."""
        path = self.raw_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, on_progress: OnProgress = quiet) -> FolderLoad:
        """Load the raw folder in a run of its own, and see that no row was lost."""
        run = start_run(self.warehouse, lambda: datetime(2026, 1, 1, tzinfo=UTC))
        summary = load_folder(self.warehouse, self.raw_dir, run, on_progress)
        self.assert_every_row_is_somewhere()
        return summary

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.warehouse.execute(statement).fetchall()

    def quarantined(self, table: str) -> list[tuple[Any, ...]]:
        """Return where and why rows of a table were quarantined."""
        return self.query(
            f"select line_number, column_name, reason from quarantine.{table} order by line_number"
        )

    def assert_every_row_is_somewhere(self) -> None:
        """The rows read of every table are its rows in raw and in quarantine."""
        for source, table, rows_read in self.query(ROWS_READ):
            counts = self.query(
                f"select count(*) from raw_{source}.{table} "
                f"union all select count(*) from quarantine.{source}_{table}"
            )
            assert sum(count for (count,) in counts) == rows_read


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Return a bench with an empty raw folder and an empty warehouse."""
    raw_dir = tmp_path / "raw"
    raw_dir.mkdir()
    with connect(":memory:") as warehouse:
        ensure_own_tables(warehouse)
        yield Bench(raw_dir, warehouse)
