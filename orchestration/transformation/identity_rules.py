"""Rows of the identity seeds that can mean nothing: told by file and line before a build.

The tests of the seeds refuse the same rows, but only after dbt has loaded them, and by no line.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import BuildError

FOLDER = Path("seeds/identity")
STRENGTHS = ("hard", "contact", "reference", "visitor")


@dataclass(frozen=True)
class Kind:
    """What the columns of one kind may hold."""

    meaning: str
    fits: Callable[[str], object]


STRENGTH = Kind(f"one of {', '.join(STRENGTHS)}", STRENGTHS.__contains__)
LIMIT = Kind("empty or a number from 1 on", re.compile(r"([1-9]\d*)?").fullmatch)
RANK = Kind("a number from 1 on", re.compile(r"[1-9]\d*").fullmatch)
CONDITION = Kind("0 or 1", re.compile(r"[01]").fullmatch)
GRADE = Kind("a grade from -1 to 4", re.compile(r"-1|[0-4]").fullmatch)


def check_identity_rules(project_dir: Path) -> None:
    """See that every row of the identity seeds can mean something.

    Raises:
        BuildError: one cannot; the sentence names file, line and column.
    """
    types: list[str] = []
    for place, row in _rows(project_dir, "identifier_types"):
        identifier_type = row.get("identifier_type", "")
        if identifier_type in types:
            _refuse(place, f"identifier_type {identifier_type} has a row already")
        types.append(identifier_type)
        _check(place, row)
    for place, row in _rows(project_dir, "match_rules"):
        _check(place, row)
    for place, row in _rows(project_dir, "junk_patterns"):
        identifier_type = row.get("identifier_type", "")
        if types and identifier_type and identifier_type not in types:
            _refuse(place, f"identifier_type {identifier_type} is not in identifier_types")


def _rows(project_dir: Path, seed: str) -> Iterator[tuple[str, dict[str, str]]]:
    path = FOLDER / f"{seed}.csv"
    if not (project_dir / path).is_file():
        return
    # Excel begins a file with a mark that is no part of the first column.
    with (project_dir / path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        for row in filter(None, rows):
            place = f"{path}, line {rows.line_num}"
            if not ",".join(row).strip():
                _refuse(place, "there is nothing but spaces, which dbt does not load: delete it")
            if len(row) != len(header):
                _refuse(place, f"there are {len(row)} values for {len(header)} columns")
            yield place, dict(zip(header, row, strict=True))


def _check(place: str, row: dict[str, str]) -> None:
    for column, value in row.items():
        kind = _kind(column)
        if kind and not kind.fits(value):
            _refuse(place, f"{column} is {value or 'empty'} and has to be {kind.meaning}")


def _kind(column: str) -> Kind | None:
    if column in {"strength", "rank"}:
        return STRENGTH if column == "strength" else RANK
    if column.startswith("max_"):
        return LIMIT
    if column.endswith("_at_least"):
        return GRADE
    return CONDITION if column.startswith(("shares_", "is_", "allows_", "may_")) else None


def _refuse(place: str, reason: str) -> None:
    raise BuildError(f"{place}: {reason}; nothing was built.")
