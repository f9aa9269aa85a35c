"""A whole raw folder, loaded as a run loads it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.loader import OnProgress, TableLoad, load_source, quiet
from orchestration.ingestion.runs import Run


@dataclass(frozen=True)
class FolderLoad:
    """What a raw folder brought."""

    tables: list[TableLoad]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its owner is told."""
        return tuple(warning for table in self.tables for warning in table.warnings)


def load_folder(
    warehouse: duckdb.DuckDBPyConnection,
    raw_dir: Path,
    run: Run,
    on_progress: OnProgress = quiet,
) -> FolderLoad:
    """Load every landing file of a raw folder, source by source."""
    catalog = read_catalog()
    found = discover(raw_dir, catalog)
    return FolderLoad(
        [
            table
            for source in sorted({table.source for table in catalog})
            for table in load_source(warehouse, source, found.of_source(source), run, on_progress)
        ]
    )
