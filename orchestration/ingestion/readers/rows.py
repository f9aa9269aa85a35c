"""What every reader gives: batches of rows, rejected rows, checked column names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from orchestration.errors import BadFileError

LINE_NUMBER = "_line_number"
# Lineage that the loader adds to every raw row; a file cannot bring columns of these names.
LINEAGE_COLUMNS = ("_file_name", LINE_NUMBER, "_load_number", "_row_digest")

# Longest cell that is loaded; a longer one is a mistake far more often than a value.
MAX_CELL_LENGTH = 1024 * 1024

# More names than this are values that were taken for names.
MAX_COLUMNS = 1_000

# Quarantine shows the start of a row; file and line lead to the rest.
MAX_RAW_ROW_LENGTH = 10_000
CUT_MARK = "… (cut after 10,000 characters)"


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be read; the reason never quotes a value."""

    line_number: int
    reason: str
    raw_row: str


@dataclass(frozen=True)
class RowBatch:
    """Some rows of a file: `rows` holds its columns and the line on which each row starts."""

    rows: pa.Table | None
    rejected: list[RejectedRow] = field(default_factory=list)


RowBatches = Iterator[RowBatch]


def rejected(line_number: int, reason: str, raw_row: str) -> RejectedRow:
    """Return a rejected row with as much of its text as quarantine keeps."""
    text = raw_row.rstrip("\r\n").replace("\0", "\ufffd")
    if len(text) > MAX_RAW_ROW_LENGTH:
        text = text[:MAX_RAW_ROW_LENGTH] + CUT_MARK

    return RejectedRow(line_number, reason, text)


def column_name(name: str, position: int) -> str:
    """Return the name a column has in raw; databases tell names apart without regard to case."""
    return name.strip().lower() or f"unnamed_{position}"


def column_names(names: Sequence[str], file_name: str) -> list[str]:
    """Return the names that the columns of a file have in raw.

    Raises:
        BadFileError: a name stands twice, is one that onefold needs for itself or no database
            takes, or there are too many.
    """
    check_column_count(len(names), file_name)
    checked: list[str] = []

    for position, name in enumerate(names, start=1):
        column = column_name(name, position)
        if "\0" in column:
            raise BadFileError(f"{file_name} has a NUL byte in the name of column {position}.")
        if column in checked:
            raise BadFileError(f"{file_name} has the column {column} twice.")
        if column in LINEAGE_COLUMNS:
            raise BadFileError(
                f"{file_name} has a column {column}, a name that onefold needs for itself."
            )
        checked.append(column)

    return checked


def check_column_count(count: int, file_name: str) -> None:
    """Refuse a file that has names where others have values.

    Raises:
        BadFileError: the file has too many columns.
    """
    if count > MAX_COLUMNS:
        raise BadFileError(f"{file_name} has more than {MAX_COLUMNS:,} columns.")


def lacks_column(file_name: str, column: str, hint: str = "") -> BadFileError:
    """Return the error for a file without a required column."""
    return BadFileError(f"{file_name} lacks the required column {column}{hint}.")
