"""The header of a CSV file: the place where a file shows that it is another thing."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.readers.lines import Lines
from orchestration.ingestion.readers.rows import column_name, lacks_column

OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True)
class Header:
    """The cells of the header as they stand, and the lines of its block that come after it."""

    cells: list[str]
    next_line_number: int
    following: Lines


def read_header(blocks: Iterator[Lines], file: LandingFile, table: LandingTable) -> Header | None:
    """Read the first line that holds anything; nothing where no line does.

    Raises:
        BadFileError: it is no header, or lacks a required column.
    """
    blank_count = 0

    for lines in blocks:
        for index, text in enumerate(lines.texts):
            if text.strip():
                cells = _cells(text, lines.flaws.get(index), file)
                _check_required(cells, text, file, table)
                return Header(cells, blank_count + index + 2, lines.after(index))
        blank_count += len(lines.texts)

    return None


def _cells(text: str, flaw: str | None, file: LandingFile) -> list[str]:
    if flaw or any(character < " " and character != "\t" for character in text.rstrip("\r\n")):
        guess = (
            "; it seems to be UTF-16, save it as UTF-8" if text.startswith("\ufffd\ufffd") else ""
        )
        raise BadFileError(f"{file.name} is no CSV file: its first line is no UTF-8 text{guess}.")
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error:
        raise BadFileError(
            f"{file.name} has a header with a quote that is not closed or out of place."
        ) from None


def _check_required(cells: list[str], text: str, file: LandingFile, table: LandingTable) -> None:
    missing = _missing(cells, table)
    if not missing:
        return

    for delimiter, name in OTHER_DELIMITERS.items():
        if not _missing(text.split(delimiter), table):
            hint = f": its cells seem to be separated by {name}, save it with commas"
            raise lacks_column(file.name, missing[0], hint)
    raise lacks_column(file.name, missing[0])


def _missing(cells: list[str], table: LandingTable) -> list[str]:
    present = {column_name(cell.strip().strip('"'), 0) for cell in cells}
    return [column.name for column in table.required if column.name not in present]
