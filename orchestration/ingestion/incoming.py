"""One file in the warehouse before it is sorted into raw and quarantine."""

# Names in the statements come from the catalog or are quoted; values are always parameters.
# ruff: noqa: S608

from collections.abc import Callable

import duckdb
import pyarrow as pa

from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.checks import text
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.landing import add_text_columns, quarantine_relation
from orchestration.ingestion.readers.csv_files import read_csv
from orchestration.ingestion.readers.json_files import read_jsonl
from orchestration.ingestion.readers.parquet_files import read_parquet
from orchestration.ingestion.readers.rows import LINE_NUMBER, RejectedRow, RowBatches
from orchestration.warehouse import quoted

# Told after each batch: the file and the rows of it that were read so far.
OnProgress = Callable[[str, int], None]

Reader = Callable[[LandingFile, LandingTable], RowBatches]
READERS: dict[str, Reader] = {"csv": read_csv, "jsonl": read_jsonl, "parquet": read_parquet}

# Stand between the cells of a row, so that its digest tells cells apart.
UNIT_SEPARATOR = "chr(31)"


def quiet(_file_name: str, _row_count: int, /) -> None:
    """Tell nobody how far the load is."""


class Incoming:
    """The temporary table `incoming`: readable rows of one file, every cell as text."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection, table: LandingTable) -> None:
        self._warehouse = warehouse
        self._table = table
        self.columns = [column.name for column in table.columns]

        columns = ", ".join(f"{quoted(column)} text" for column in self.columns)
        warehouse.execute(
            f"create or replace temporary table incoming "
            f"({columns}, {LINE_NUMBER} bigint, _row_digest text)"
        )

    def fill(self, file: LandingFile, run_id: str, on_progress: OnProgress) -> int:
        """Read a file; what cannot be read goes to quarantine. Return how many rows it holds.

        Raises:
            BadFileError: the file as a whole cannot be read.
        """
        count = 0

        for batch in READERS[file.format](file, self._table):
            if batch.rows is not None:
                self._take(batch.rows)
                count += batch.rows.num_rows
            if batch.rejected:
                self._reject(batch.rejected, file, run_id)
                count += len(batch.rejected)
            on_progress(file.name, count)

        return count

    def _take(self, rows: pa.Table) -> None:
        columns = [name for name in rows.column_names if name != LINE_NUMBER]
        if unknown := [column for column in columns if column not in self.columns]:
            add_text_columns(self._warehouse, "incoming", unknown)
            self.columns += unknown

        cells = ", ".join(_as_text(rows.schema.field(column)) for column in columns)
        self._with_batch(
            rows,
            f"""
            insert into incoming by name
            select *, {_digest(columns)} as _row_digest
            from (select {cells}, {LINE_NUMBER} from incoming_batch)
            """,
        )

    def _reject(self, rows: list[RejectedRow], file: LandingFile, run_id: str) -> None:
        batch = pa.table(
            {
                "line_number": pa.array([row.line_number for row in rows], pa.int64()),
                "reason": pa.array([row.reason for row in rows], pa.string()),
                "raw_row": pa.array([row.raw_row for row in rows], pa.string()),
            }
        )
        self._with_batch(
            batch,
            f"""
            insert into {quarantine_relation(self._table)} by name
            select ? as run_id, ? as file_name, * from incoming_batch
            """,
            [run_id, file.name],
        )

    def _with_batch(self, batch: pa.Table, statement: str, values: list[str] | None = None) -> None:
        self._warehouse.register("incoming_batch", batch)
        try:
            self._warehouse.execute(statement, values or [])
        finally:
            self._warehouse.unregister("incoming_batch")


def _as_text(column: pa.Field) -> str:
    """Return SQL for a cell as text; an empty one is NULL, a nested one is JSON."""
    name = quoted(column.name)
    cell = f"to_json({name})" if pa.types.is_nested(column.type) else name

    return f"nullif(cast({cell} as text), '') as {name}"


def _digest(columns: list[str]) -> str:
    """Return SQL for the digest of a row: the same whatever the order of the columns.

    An empty cell leaves no trace, so that a file may gain a column that is empty.
    """
    cells = ", ".join(
        f"{text(column + '=')} || {quoted(column)} || {UNIT_SEPARATOR}"
        for column in sorted(columns)
    )
    return f"md5(concat({cells}))"
