"""Parquet files, in batches of Arrow columns with their own types."""

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.readers.rows import (
    LINE_NUMBER,
    RowBatch,
    RowBatches,
    column_names,
    lacks_column,
)

BATCH_ROWS = 20_000


def read_parquet(file: LandingFile, table: LandingTable) -> RowBatches:
    """Read a Parquet file; the line of a row is its number, from 1.

    Raises:
        BadFileError: the file as a whole cannot be read as this table.
    """
    try:
        with pq.ParquetFile(file.path) as parquet:
            columns = column_names(parquet.schema_arrow.names, file.name)
            for column in table.required:
                if column.name not in columns:
                    raise lacks_column(file.name, column.name)

            next_line_number = 1
            for batch in parquet.iter_batches(BATCH_ROWS):
                yield RowBatch(_with_line_numbers(batch, columns, next_line_number))
                next_line_number += batch.num_rows
    except (OSError, pa.ArrowException):
        raise BadFileError(
            f"{file.name} cannot be read as Parquet: it is damaged or another format."
        ) from None


def _with_line_numbers(batch: pa.RecordBatch, columns: list[str], first: int) -> pa.Table:
    # Old writers left out that their bytes are text; and only valid text may go on.
    arrays = [
        array.cast(pa.string()) if pa.types.is_binary(array.type) else array
        for array in batch.columns
    ]
    arrays.append(pa.array(range(first, first + batch.num_rows), pa.int64()))

    rows = pa.table(arrays, names=[*columns, LINE_NUMBER])
    rows.validate(full=True)
    return rows
