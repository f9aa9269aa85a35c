"""CSV files, line by line: a bad row is rejected with its line and never takes others along.

Why not a ready-made reader: docs/decisions/0001-own-line-reader-for-text-files.md.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from orchestration.ingestion.catalog import LandingTable
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.readers.csv_header import read_header
from orchestration.ingestion.readers.lines import MAX_LINE_SIZE, Lines, opened, read_lines
from orchestration.ingestion.readers.rows import (
    LINE_NUMBER,
    MAX_CELL_LENGTH,
    RejectedRow,
    RowBatch,
    RowBatches,
    column_names,
    rejected,
)

# A quote that is never closed may swallow this much text before its line is given up.
MAX_RECORD_LENGTH = MAX_LINE_SIZE


def read_csv(file: LandingFile, table: LandingTable) -> RowBatches:
    """Read a CSV file: comma, double quotes, a header, UTF-8.

    A file without any line gives nothing.

    Raises:
        BadFileError: the file as a whole cannot be read as this table.
    """
    # Python's own limit is 128 KiB, far below a cell that is loaded.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_LENGTH))

    with opened(file) as stream:
        blocks = read_lines(stream)
        header = read_header(blocks, file, table)
        if header is None:
            return

        columns = column_names(header.cells, file.name)
        parser = RecordParser(header.cells, header.next_line_number)
        for lines in chain([header.following], blocks):
            yield parser.parse(lines).as_batch(columns)


@dataclass
class Records:
    """Records that were read: their cells, the lines they start on, and the rejected ones."""

    cells: list[list[str]] = field(default_factory=list)
    line_numbers: list[int] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)

    def as_batch(self, columns: Sequence[str]) -> RowBatch:
        """Return the records as text columns."""
        if not self.cells:
            return RowBatch(None, self.rejected)

        arrays = [pa.array(values, pa.string()) for values in zip(*self.cells, strict=True)]
        arrays.append(pa.array(self.line_numbers, pa.int64()))
        return RowBatch(pa.table(arrays, names=[*columns, LINE_NUMBER]), self.rejected)


class RecordParser:
    """Puts lines together to records, and starts afresh on the next line after a broken one.

    Lines of a record that goes on in the next block are kept until that block comes.
    """

    def __init__(self, header: list[str], first_line_number: int) -> None:
        self._header = header
        self._next_line_number = first_line_number
        self._kept = Lines([])

    def parse(self, lines: Lines) -> Records:
        """Read the records that are complete in these lines and the ones kept before."""
        lines = self._with_kept(lines)
        records = Records()
        # Looking closer at every row costs a third of the speed, so only where there is cause.
        is_suspicious = bool(lines.flaws) or _has_long_line(lines.texts)
        start = 0

        while start < len(lines.texts):
            broken = self._parse_run(lines, start, is_suspicious, records)
            if broken is None:
                break
            if self._may_go_on(lines, broken):
                self._keep(lines, broken)
                return records
            reason = lines.flaws.get(broken, "quote not closed or out of place")
            self._reject(lines.texts[broken : broken + 1], broken, reason, records)
            start = broken + 1

        self._next_line_number += len(lines.texts)
        return records

    def _parse_run(
        self, lines: Lines, start: int, is_suspicious: bool, records: Records
    ) -> int | None:
        """Read records until one is broken, and return the index of the line it starts on."""
        reader = csv.reader(_from(start, lines.texts), strict=True)
        first = start
        width = len(self._header)

        try:
            for cells in reader:
                end = first + reader.line_num
                is_plain = len(cells) == width and end - start == 1 and cells != self._header
                if is_plain and not is_suspicious:
                    records.cells.append(cells)
                    records.line_numbers.append(self._next_line_number + start)
                elif not self._take_closely(cells, lines, start, end, records):
                    return start
                start = end
        except csv.Error:
            return start
        return None

    def _take_closely(
        self, cells: list[str], lines: Lines, start: int, end: int, records: Records
    ) -> bool:
        """Take or reject a record that is not plain; false where its first line is broken."""
        texts = lines.texts[start:end]
        if len(cells) != len(self._header):
            if not "".join(texts).strip():
                return True
            if any(map(self._is_a_row, texts[1:])):
                return False

        reason = self._reason(cells, lines.flaws, range(start, end))
        if reason is None:
            records.cells.append(cells)
            records.line_numbers.append(self._next_line_number + start)
        else:
            self._reject(texts, start, reason, records)
        return True

    def _reason(self, cells: list[str], flaws: dict[int, str], indexes: range) -> str | None:
        """Say why a record cannot be taken, or nothing where it can."""
        width = len(self._header)

        if flaw := next((flaws[index] for index in indexes if index in flaws), None):
            return flaw
        if cells == self._header:
            return "header repeated"
        if len(cells) != width:
            size = "many" if len(cells) > width else "few"
            return f"too {size} columns: {len(cells)} instead of {width}"
        if max(map(len, cells)) > MAX_CELL_LENGTH:
            return "cell longer than 1 MiB"
        return None

    def _is_a_row(self, line: str) -> bool:
        """Tell whether a line inside a quoted cell would be a whole row by itself."""
        try:
            return len(next(csv.reader([line], strict=True), [])) == len(self._header) > 1
        except csv.Error:
            return False

    def _reject(self, texts: list[str], start: int, reason: str, records: Records) -> None:
        line_number = self._next_line_number + start
        records.rejected.append(rejected(line_number, reason, "".join(texts)))

    def _may_go_on(self, lines: Lines, start: int) -> bool:
        """Tell whether the next block may complete the record that starts here."""
        return (
            not lines.is_last
            and _is_open(lines.texts, start)
            and sum(map(len, _from(start, lines.texts))) <= MAX_RECORD_LENGTH
        )

    def _keep(self, lines: Lines, start: int) -> None:
        self._kept = lines.after(start - 1)
        self._next_line_number += start

    def _with_kept(self, lines: Lines) -> Lines:
        kept, self._kept = self._kept, Lines([])
        return kept.then(lines) if kept.texts else lines


def _from(start: int, texts: list[str]) -> Iterable[str]:
    # Slices would copy the rest of the block once per broken row.
    return map(texts.__getitem__, range(start, len(texts)))


def _has_long_line(texts: list[str]) -> bool:
    return max(map(len, texts), default=0) > MAX_CELL_LENGTH


def _is_open(texts: list[str], start: int) -> bool:
    """Tell whether the record that starts here reaches beyond the end of the lines."""
    reader = csv.reader(_from(start, texts), strict=True)
    try:
        next(reader)
    except csv.Error:
        return start + reader.line_num == len(texts)
    return False
