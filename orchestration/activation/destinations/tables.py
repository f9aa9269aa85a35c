"""Operations as a CSV table that a spreadsheet can open without running anything."""

import csv
import io
from collections.abc import Sequence

from orchestration.activation.destinations.protocol import Operation

# What a spreadsheet takes for the start of a formula, in the full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table(fields: Sequence[str], operations: Sequence[Operation]) -> bytes:
    """Return the table with the columns op, key and the fields, in UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["op", "key", *fields])
    for operation in operations:
        cells = (cell(operation.fields.get(field)) for field in fields)
        writer.writerow([operation.verb, cell(operation.key), *cells])

    return text.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as a cell; text that looks like a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        starts = value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)
        return f"'{value}" if starts else value
    return str(value)
