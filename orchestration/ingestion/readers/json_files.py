"""JSON lines: one object per line, its values kept as the text that stands there."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.readers.lines import Lines, opened, read_lines
from orchestration.ingestion.readers.rows import (
    LINE_NUMBER,
    MAX_CELL_LENGTH,
    RejectedRow,
    RowBatch,
    RowBatches,
    check_column_count,
    column_names,
    lacks_column,
    rejected,
)

Row = dict[str, str | None]

NAME_TWICE = "column twice or with a name that cannot be used"


class UnreadableRowError(Exception):
    """A line that is no row, with the reason."""


def read_jsonl(file: LandingFile, table: LandingTable) -> RowBatches:
    """Read a file of JSON lines; a column that a row does not name is empty in it.

    Raises:
        BadFileError: no row of the file can be a row of this table.
    """
    reader = ObjectReader(file.name)

    with opened(file) as stream:
        next_line_number = 1
        for lines in read_lines(stream):
            yield reader.read(lines, next_line_number)
            next_line_number += len(lines.texts)

    if reader.row_count == 0:
        return
    if not reader.columns:
        raise BadFileError(f"{file.name} holds no JSON lines: no line of it is a JSON object.")
    for column in table.required:
        if column.name not in reader.columns:
            raise lacks_column(file.name, column.name)


class ObjectReader:
    """Turns lines into rows and remembers which columns were seen."""

    def __init__(self, file_name: str) -> None:
        self.columns: dict[str, None] = {}
        self.row_count = 0
        self._file_name = file_name
        self._names: dict[tuple[str, ...], list[str]] = {}

    def read(self, lines: Lines, first_line_number: int) -> RowBatch:
        """Read the rows of some lines."""
        rows: list[Row] = []
        line_numbers: list[int] = []
        rejected_rows: list[RejectedRow] = []

        for index, text in enumerate(lines.texts):
            if not text.strip():
                continue
            self.row_count += 1
            try:
                rows.append(self._row(text, lines.flaws.get(index)))
                line_numbers.append(first_line_number + index)
            except UnreadableRowError as error:
                rejected_rows.append(rejected(first_line_number + index, str(error), text))

        return RowBatch(self._as_table(rows, line_numbers), rejected_rows)

    def _row(self, text: str, flaw: str | None) -> Row:
        if flaw:
            raise UnreadableRowError(flaw)
        values = _decoded(_read_flat, text)
        if not isinstance(values, dict):
            raise UnreadableRowError("no JSON object")
        if any(isinstance(value, dict | list) for value in values.values()):
            values |= _nested(_decoded(_read_nested, text))

        cells = [_cell(value) for value in values.values()]
        _check_cells(text, cells)
        return dict(zip(self._columns(tuple(values)), cells, strict=True))

    def _columns(self, names: tuple[str, ...]) -> list[str]:
        if names not in self._names:
            try:
                columns = column_names(names, self._file_name)
            except BadFileError:
                raise UnreadableRowError(NAME_TWICE) from None
            self._names[names] = columns
            self.columns |= dict.fromkeys(columns)
            check_column_count(len(self.columns), self._file_name)
        return self._names[names]

    def _as_table(self, rows: list[Row], line_numbers: list[int]) -> pa.Table | None:
        if not rows:
            return None
        columns = {
            column: pa.array([row.get(column) for row in rows], pa.string())
            for column in self.columns
        }
        return pa.table(columns | {LINE_NUMBER: pa.array(line_numbers, pa.int64())})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no value pushed out another."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise UnreadableRowError(NAME_TWICE)
    return values


# Numbers stay text, so that 12.50 keeps its zero and a long id its last digits.
_read_flat = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once
).decode
_read_nested = json.JSONDecoder().decode


def _decoded(read: Callable[[str], Any], text: str) -> Any:  # noqa: ANN401 - JSON is any value
    try:
        return read(text)
    except (ValueError, RecursionError):
        raise UnreadableRowError("no JSON") from None


def _nested(values: dict[str, Any]) -> dict[str, str]:
    return dict(_nested_items(values))


def _nested_items(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict | list):
            yield name, json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cell(value: str | bool | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _check_cells(text: str, cells: list[str | None]) -> None:
    # Only escapes can bring these characters in; the line itself was read as UTF-8 without NUL.
    if "\\u" in text:
        joined = "".join(filter(None, cells))
        if "\0" in joined:
            raise UnreadableRowError("NUL byte")
        if any("\ud800" <= character <= "\udfff" for character in joined):
            raise UnreadableRowError("not UTF-8")
    if len(text) > MAX_CELL_LENGTH and any(len(cell or "") > MAX_CELL_LENGTH for cell in cells):
        raise UnreadableRowError("cell longer than 1 MiB")
