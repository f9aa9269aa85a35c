"""Parquet files, in batches of Arrow columns with their own types."""

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.readers.rows import (
    LINE_NUMBER,
    MAX_CELL_LENGTH,
    RejectedRow,
    RowBatch,
    RowBatches,
    column_names,
    lacks_column,
    rejected,
)

BATCH_ROWS = 20_000
# Rows that are wide on average come in smaller batches, so that memory stays bounded.
BATCH_BYTES = 64 * 1024 * 1024

# Why a row cannot be taken, by its place in the batch.
Flaws = dict[int, str]


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
            for batch in parquet.iter_batches(_batch_rows(parquet.metadata)):
                yield _sorted(batch, columns, next_line_number)
                next_line_number += batch.num_rows
    except (OSError, pa.ArrowException):
        raise BadFileError(
            f"{file.name} cannot be read as Parquet: it is damaged or another format."
        ) from None


def _batch_rows(metadata: pq.FileMetaData) -> int:
    sizes = [
        metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)
    ]
    mean_size = sum(sizes) // max(metadata.num_rows, 1)
    return int(max(1, min(BATCH_ROWS, BATCH_BYTES // max(mean_size, 1))))


def _sorted(batch: pa.RecordBatch, columns: list[str], first: int) -> RowBatch:
    """Part the rows that can be taken from those with a cell that cannot."""
    flaws: Flaws = {}
    arrays = [_checked(array, flaws) for array in batch.columns]
    arrays.append(pa.array(range(first, first + batch.num_rows), pa.int64()))
    rows = pa.table(arrays, names=[*columns, LINE_NUMBER])

    if flaws:
        is_sound = [place not in flaws for place in range(batch.num_rows)]
        rows = rows.filter(pa.array(is_sound, pa.bool_()))
    rows.validate(full=True)
    return RowBatch(rows, [_rejected(batch, place, flaws[place], first) for place in sorted(flaws)])


def _checked(array: pa.Array, flaws: Flaws) -> pa.Array:
    """Return a column as text where it is text, and note the rows in which it cannot be read."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_nested(array.type):
        _note_large_values(array, flaws)
    if not _is_text(array.type):
        return array

    text = _as_text(array, flaws)
    _note(pc.greater(pc.utf8_length(text), MAX_CELL_LENGTH), "cell longer than 1 MiB", flaws)
    _note(pc.match_substring(text, "\0"), "NUL byte", flaws)
    return text


def _is_text(data_type: pa.DataType) -> bool:
    # Old writers left out that their bytes are text.
    return bool(
        pa.types.is_string(data_type)
        or pa.types.is_large_string(data_type)
        or pa.types.is_string_view(data_type)
        or pa.types.is_binary(data_type)
        or pa.types.is_large_binary(data_type)
    )


def _as_text(array: pa.Array, flaws: Flaws) -> pa.Array:
    """Return text that is valid UTF-8; what is not is empty, and noted."""
    # Text of 64-bit offsets, since cells up to the limit may fill more than 2 GiB.
    bytes_ = array.cast(pa.large_binary())
    try:
        return bytes_.cast(pa.large_string())
    except pa.ArrowInvalid:
        cells = [cell if _is_readable(cell) else None for cell in bytes_.to_pylist()]
        readable = pa.array(cells, pa.large_string())
        _note(pc.not_equal(pc.is_null(readable), pc.is_null(bytes_)), "not UTF-8", flaws)
        return readable


def _is_readable(cell: bytes | None) -> bool:
    try:
        (cell or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def _note_large_values(array: pa.Array, flaws: Flaws) -> None:
    if array.nbytes > MAX_CELL_LENGTH:
        sizes = [array.slice(place, 1).nbytes for place in range(len(array))]
        _note(pc.greater(pa.array(sizes), MAX_CELL_LENGTH), "cell longer than 1 MiB", flaws)


def _note(is_flawed: pa.BooleanArray, flaw: str, flaws: Flaws) -> None:
    for place in pc.indices_nonzero(is_flawed).to_pylist():
        flaws.setdefault(place, flaw)


def _rejected(batch: pa.RecordBatch, place: int, reason: str, first: int) -> RejectedRow:
    row = {
        name: _shown(column[place])
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }
    text = json.dumps(row, ensure_ascii=False, default=str, separators=(",", ":"))
    return rejected(first + place, reason, text)


def _shown(cell: pa.Scalar) -> Any:  # noqa: ANN401 - a cell is any value
    try:
        value = cell.as_py()
    except UnicodeDecodeError:
        value = cell.as_buffer().to_pybytes()
    return value.decode(errors="replace") if isinstance(value, bytes) else value
