"""Sorting the rows of one file: the usable ones into raw, the others into quarantine."""

# Names in the statements come from the catalog or are quoted; values are always parameters.
# ruff: noqa: S608

# DuckDB finds the local variable `incoming` by its name. A registered table would be a view, and
# its rows would stay in memory until the transaction ends.
# ruff: noqa: ARG002, F841

from collections import Counter

import duckdb
import pyarrow as pa

from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.checks import any_of, checks_of, doubts_of, first_of, text
from orchestration.ingestion.landing import add_text_column, quarantine_relation, raw_relation
from orchestration.ingestion.readers.rows import (
    CUT_MARK,
    LINE_NUMBER,
    MAX_RAW_ROW_LENGTH,
    RejectedRow,
    RowBatch,
)
from orchestration.warehouse import quoted

# Stands between the cells of a row, so that its digest tells `1, 23` from `12, 3`.
UNIT_SEPARATOR = "chr(31)"

# Beyond it a float no longer tells one whole number from the next.
LARGEST_EXACT_FLOAT = 2**53


class RowSorter:
    """Puts the batches of one file away, and counts."""

    def __init__(
        self,
        warehouse: duckdb.DuckDBPyConnection,
        table: LandingTable,
        file_name: str,
        run_id: str,
        load_number: int,
    ) -> None:
        self.rows_read = 0
        self.rows_quarantined = 0
        self._doubtful_amounts: Counter[str] = Counter()
        self._warehouse = warehouse
        self._table = table
        self._file_name = file_name
        self._run_id = run_id
        self.load_number = load_number
        self._checks = checks_of(table)
        self._raw = raw_relation(table)
        self._quarantine = quarantine_relation(table)
        self._raw_columns = set(warehouse.table(self._raw).columns)

    @property
    def doubts(self) -> list[str]:
        """Sentences about amounts that the rows in raw keep and that nobody will read."""
        return [
            f"{self._file_name}: {count:,} of column {column} are no amounts of at most two "
            "decimals; they stay in raw and are empty after."
            for column, count in self._doubtful_amounts.items()
        ]

    def sort(self, batch: RowBatch) -> None:
        """Put every row of a batch into raw or into quarantine."""
        if batch.rows is not None:
            self._sort_rows(batch.rows)
        if batch.rejected:
            self._quarantine_rejected(batch.rejected)

    def _sort_rows(self, rows: pa.Table) -> None:
        columns = [name for name in rows.column_names if name != LINE_NUMBER]
        self._make_room_for(columns)

        cells = _cells(rows, columns, self._table)
        usable = self._keep_usable(rows, cells, columns)
        if usable < rows.num_rows:
            self._quarantine_unusable(rows, cells, columns)
        self._count_doubtful(rows, cells, columns)

        self.rows_read += rows.num_rows
        self.rows_quarantined += rows.num_rows - usable

    def _keep_usable(self, incoming: pa.Table, cells: str, columns: list[str]) -> int:
        inserted = self._warehouse.execute(
            f"""
            insert into {self._raw} by name
            select
                *,
                ? as _file_name,
                ? as _load_number,
                {_digest(columns)} as _row_digest
            from (select {cells} from incoming)
            where not ({any_of(self._checks)})
            """,
            [self._file_name, self.load_number],
        ).fetchone()
        return int(inserted[0]) if inserted else 0

    def _count_doubtful(self, incoming: pa.Table, cells: str, columns: list[str]) -> None:
        doubts = [doubt for doubt in doubts_of(self._table) if doubt.column in columns]
        if not doubts:
            return
        counts = self._warehouse.execute(
            f"""
            select {", ".join(f"count(*) filter ({doubt.condition})" for doubt in doubts)}
            from (select {cells} from incoming)
            """
        ).fetchall()[0]
        found = dict(zip([doubt.column for doubt in doubts], counts, strict=True))
        self._doubtful_amounts += Counter(found)

    def _quarantine_unusable(self, incoming: pa.Table, cells: str, columns: list[str]) -> None:
        named_cells = ", ".join(f"{text(column)}, {quoted(column)}" for column in columns)
        self._warehouse.execute(
            f"""
            insert into {self._quarantine} by name
            select
                ? as run_id,
                ? as file_name,
                {LINE_NUMBER} as line_number,
                {first_of(self._checks, "column")} as column_name,
                {first_of(self._checks, "reason")} as reason,
                {_cut(f"cast(json_object({named_cells}) as text)")} as raw_row
            from (select {cells} from incoming)
            where {any_of(self._checks)}
            """,
            [self._run_id, self._file_name],
        )

    def _quarantine_rejected(self, rejected: list[RejectedRow]) -> None:
        incoming = pa.table(
            {
                "line_number": pa.array([row.line_number for row in rejected], pa.int64()),
                "reason": pa.array([row.reason for row in rejected], pa.string()),
                "raw_row": pa.array([row.raw_row for row in rejected], pa.string()),
            }
        )
        self._warehouse.execute(
            f"""
            insert into {self._quarantine} by name
            select ? as run_id, ? as file_name, * from incoming
            """,
            [self._run_id, self._file_name],
        )
        self.rows_read += len(rejected)
        self.rows_quarantined += len(rejected)

    def _make_room_for(self, columns: list[str]) -> None:
        for column in columns:
            if column not in self._raw_columns:
                add_text_column(self._warehouse, self._raw, column)
                self._raw_columns.add(column)


def _cells(rows: pa.Table, columns: list[str], table: LandingTable) -> str:
    """Return SQL for the cells as text; JSON lines need not name a column in every batch."""
    absent = [column.name for column in table.required if column.name not in columns]
    return ", ".join(
        [
            *(_as_text(rows.schema.field(column)) for column in columns),
            *(f"cast(null as text) as {quoted(column)}" for column in absent),
            LINE_NUMBER,
        ]
    )


def _as_text(column: pa.Field) -> str:
    """Return SQL for a cell as text; an empty one is NULL, a nested one is JSON."""
    name = quoted(column.name)
    cell = name
    if pa.types.is_nested(column.type):
        cell = f"to_json({name})"
    elif pa.types.is_floating(column.type):
        cell = _as_number(name)

    return f"nullif(cast({cell} as text), '') as {name}"


def _as_number(name: str) -> str:
    """Return SQL for a float without a needless `.0`.

    Whole numbers come as floats from tools that know no missing integer: customer 7 is not 7.0.
    """
    is_whole = f"{name} = trunc({name}) and abs({name}) < {LARGEST_EXACT_FLOAT}"
    whole = f"cast(cast({name} as bigint) as text)"
    return f"case when {is_whole} then {whole} else cast({name} as text) end"


def _digest(columns: list[str]) -> str:
    """Return SQL for the digest of a row, the same whatever the order of the columns.

    An empty cell leaves no trace, so that a file may gain a column that is empty.
    """
    cells = ", ".join(f"{text(f'{column}=')} || {quoted(column)}" for column in sorted(columns))
    return f"md5(concat_ws({UNIT_SEPARATOR}, {cells}))"


def _cut(row: str) -> str:
    return (
        f"case when length({row}) > {MAX_RAW_ROW_LENGTH} "
        f"then left({row}, {MAX_RAW_ROW_LENGTH}) || {text(CUT_MARK)} else {row} end"
    )
