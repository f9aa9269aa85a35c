"""Loading: files into raw tables, each row once, with quarantine for what cannot be used.

A table is loaded in one transaction: whatever happens, its raw rows, its quarantine and the
notes about its files belong together, and for every table the rows read are the rows in raw
plus the rows in quarantine.
"""

# Names in the statements come from the catalog or are quoted; values are always parameters.
# ruff: noqa: S608

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import LandingTable, tables_of
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.landing import (
    ensure_landing_tables,
    ensure_own_tables,
    quarantine_relation,
    raw_relation,
)
from orchestration.ingestion.pace import (
    collector_paused,
    in_large_batches,
    in_whole_row_groups,
    read_ahead,
)
from orchestration.ingestion.readers.csv_files import read_csv
from orchestration.ingestion.readers.json_files import read_jsonl
from orchestration.ingestion.readers.parquet_files import read_parquet
from orchestration.ingestion.readers.rows import RowBatches
from orchestration.ingestion.runs import Run
from orchestration.ingestion.sorting import RowSorter
from orchestration.statements import statement
from orchestration.warehouse import quoted, told_without_values

# Told after each batch: the file, and how many rows of it were read so far.
OnProgress = Callable[[str, int], None]

Value = str | int | datetime
Reader = Callable[[LandingFile, LandingTable], RowBatches]
READERS: dict[str, Reader] = {"csv": read_csv, "jsonl": read_jsonl, "parquet": read_parquet}


def quiet(_file_name: str, _row_count: int, /) -> None:
    """Tell nobody how far the load is."""


@dataclass
class TableLoad:
    """What the files of one table brought in this run."""

    source: str
    table: str
    files_loaded: int = 0
    files_unchanged: int = 0
    rows_read: int = 0
    rows_quarantined: int = 0
    warnings: list[str] = field(default_factory=list)


def load_source(
    warehouse: duckdb.DuckDBPyConnection,
    source: str,
    files: Sequence[LandingFile],
    run: Run,
    on_progress: OnProgress = quiet,
) -> list[TableLoad]:
    """Load the files of one source; its tables exist afterwards, with or without files.

    Raises:
        BadFileError: a file as a whole cannot be read; its table is as it was before.
        WarehouseError: the warehouse refused a statement.
    """
    tables = tables_of(source)

    with told_without_values(f"Making the tables of {source}"), _transaction(warehouse):
        ensure_own_tables(warehouse)
        ensure_landing_tables(warehouse, tables)

    return [
        TableLoader(warehouse, table, run, on_progress).load(
            [file for file in files if file.table == table.name]
        )
        for table in tables
    ]


class TableLoader:
    """Loads the files of one landing table."""

    def __init__(
        self,
        warehouse: duckdb.DuckDBPyConnection,
        table: LandingTable,
        run: Run,
        on_progress: OnProgress,
    ) -> None:
        self._warehouse = warehouse
        self._table = table
        self._run = run
        self._on_progress = on_progress
        self._raw = raw_relation(table)
        self._quarantine = quarantine_relation(table)
        self._key = ", ".join(quoted(column) for column in table.key)

    def load(self, files: Sequence[LandingFile]) -> TableLoad:
        """Load the files that are new or changed, all of them or none."""
        summary = TableLoad(self._table.source, self._table.name)

        with (
            told_without_values(f"Loading {self._table.full_name}"),
            in_whole_row_groups(self._warehouse),
            _transaction(self._warehouse),
            collector_paused(),
        ):
            for file in files:
                self._load_if_changed(file, summary)
        return summary

    def _load_if_changed(self, file: LandingFile, summary: TableLoad) -> None:
        state = _state(file)
        digest = _digest(file)
        former_digest = self._loaded_digest(file)

        if digest == former_digest:
            summary.files_unchanged += 1
            return
        if former_digest:
            self._find_former_rows(file)
        sorter = self._sort(file)
        if former_digest:
            self._retire_former_rows(file, sorter.load_number)
        self._note(file, digest, sorter)
        if _state(file) != state:
            raise BadFileError(f"{file.name} was changed while it was read; run again.")

        summary.files_loaded += 1
        summary.rows_read += sorter.rows_read
        summary.rows_quarantined += sorter.rows_quarantined
        if sorter.rows_read == 0:
            summary.warnings.append(f"{file.name} holds no rows.")
        summary.warnings += sorter.doubts

    def _sort(self, file: LandingFile) -> RowSorter:
        self._warehouse.execute(f"delete from {self._quarantine} where file_name = ?", [file.name])
        sorter = RowSorter(
            self._warehouse, self._table, file.name, self._run.run_id, self._next_load_number()
        )
        batches = READERS[file.format](file, self._table)
        for batch in read_ahead(in_large_batches(batches)):
            sorter.sort(batch)
            self._on_progress(file.name, sorter.rows_read)

        return sorter

    def _find_former_rows(self, file: LandingFile) -> None:
        self._execute("find_former_rows", file_name=file.name)

    def _retire_former_rows(self, file: LandingFile, load_number: int) -> None:
        """Take out of raw what the new version of a file brings again; the rest is history."""
        load: dict[str, Value] = {"file_name": file.name, "load_number": load_number}
        self._execute("delete_repeated_rows", **load)
        self._execute("note_former_files", **self._this_file(file))
        self._execute("keep_first_load_numbers", **load)

    def _execute(self, name: str, **values: Value) -> None:
        text = statement(__package__, name).format(raw=self._raw, key=self._key)
        self._warehouse.execute(text, values)

    def _note(self, file: LandingFile, digest: str, sorter: RowSorter) -> None:
        self._warehouse.execute(
            statement(__package__, "record_file"),
            self._this_file(file)
            | {
                "file_digest": digest,
                "load_number": sorter.load_number,
                "run_id": self._run.run_id,
                "rows_read": sorter.rows_read,
                "rows_quarantined": sorter.rows_quarantined,
                "loaded_at": self._run.run_at,
            },
        )

    def _loaded_digest(self, file: LandingFile) -> str | None:
        row = self._warehouse.execute(
            statement(__package__, "loaded_digest"), self._this_file(file)
        ).fetchone()
        return row[0] if row else None

    def _next_load_number(self) -> int:
        row = self._warehouse.execute(statement(__package__, "next_load_number")).fetchone()
        return int(row[0]) if row else 1

    def _this_file(self, file: LandingFile) -> dict[str, Value]:
        return {
            "source_name": self._table.source,
            "table_name": self._table.name,
            "file_name": file.name,
        }


@contextmanager
def _transaction(warehouse: duckdb.DuckDBPyConnection) -> Iterator[None]:
    warehouse.begin()
    try:
        yield
    except BaseException:
        # A rollback that fails as well must not hide why it was needed.
        with suppress(duckdb.Error):
            warehouse.rollback()
        raise
    warehouse.commit()


def _digest(file: LandingFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BadFileError(f"{file.name} cannot be read: {error.strerror}.") from None


def _state(file: LandingFile) -> tuple[int, int]:
    """Return what changes when somebody writes to the file."""
    status = file.path.stat()
    return status.st_size, status.st_mtime_ns
