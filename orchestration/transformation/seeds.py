"""What the cells of a seed may hold, and its rows with the places they stand at."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from orchestration.errors import BuildError

FOLDER = Path("seeds")
# Letters that names are compared without, beside those with accents.
REWRITTEN = re.compile("[а-яёіїєґßæœþøłđħŧı]")


@dataclass(frozen=True)
class Kind:
    """What a cell may hold, and what that is called."""

    meaning: str
    fits: Callable[[str], object]


@dataclass(frozen=True)
class Seed:
    """What the columns of a seed may hold, and in which of them no two rows may be alike."""

    columns: Mapping[str, Kind]
    key: tuple[str, ...] = ()
    # Column of this seed: seed and column that list its values; nothing may stand there, too.
    listed_in: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # dbt finds the type of a column by its exact name, and what is read besides dbt its meaning.
    has_exact_header: bool = False


@dataclass(frozen=True)
class Row:
    """A row, and where it stands."""

    place: str
    cells: Mapping[str, str]

    def refuse(self, reason: str) -> NoReturn:
        """Say why the row cannot mean anything.

        Raises:
            BuildError: always.
        """
        refuse(self.place, reason)


def one_of(*values: str) -> Kind:
    """Return what may hold these values and no other."""
    return Kind(f"one of {', '.join(value or 'nothing' for value in values)}", values.__contains__)


def like(pattern: str, meaning: str) -> Kind:
    """Return what may hold all that has this form."""
    return Kind(meaning, re.compile(pattern).fullmatch)


def _is_folded(value: str) -> bool:
    return bool(value) and value == value.lower().strip(" '\"")


def _is_comparable_name(value: str) -> bool:
    """Tell whether the folding of names would leave this one as it is, in whichever script."""
    is_word = all(unicodedata.category(character)[0] in "LM" for character in value)
    is_composed = value == unicodedata.normalize("NFC", value)
    has_accents = any(
        not character.isascii() and unicodedata.normalize("NFD", character)[0].isascii()
        for character in value
    )
    is_folded = value == value.lower() and not has_accents and not REWRITTEN.search(value)
    return bool(value) and is_word and is_composed and is_folded


TEXT = like(r"\S(?:.*\S)?", "a text without spaces around it")
OPTIONAL_TEXT = like(r"|\S(?:.*\S)?", "empty or a text without spaces around it")
FOLDED = Kind("in small letters, without spaces or quotes around it", _is_folded)
NAME = Kind("one word in small letters, none of them accented or Cyrillic", _is_comparable_name)
YES_OR_NO = Kind("true or false", lambda value: value.lower() in {"true", "false"})
RANK = like(r"\d+", "a number from 0 on")
COUNT = like(r"[1-9]\d*", "a number from 1 on")
OPTIONAL_COUNT = like(r"|[1-9]\d*", "empty or a number from 1 on")
AMOUNT = like(r"\d+\.?\d*|\.\d+", "a number such as 0.05")
OPTIONAL_AMOUNT = like(r"|\d+\.?\d*|\.\d+", "empty or a number such as 0.05")


def rows_of(project_dir: Path, name: str, *, has_exact_header: bool = False) -> list[Row]:
    """Read a seed; none where there is no such file.

    Names of columns are in small letters, as warehouses read them, or else as they are written.

    Raises:
        BuildError: a row has more or fewer values than there are columns.
    """
    path = FOLDER / f"{name}.csv"
    if not (project_dir / path).is_file():
        return []
    return list(_rows(project_dir / path, path, str if has_exact_header else str.lower))


def _rows(file_path: Path, path: Path, named: Callable[[str], str]) -> Iterator[Row]:
    # Excel begins a file with a mark that is no part of the first column.
    with file_path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file)
        header = [named(column) for column in next(rows, [])]
        for row in filter(None, rows):
            place = f"{path}, line {rows.line_num}"
            if not ",".join(row).strip():
                refuse(place, "there is nothing but spaces, which dbt does not load: delete it")
            if len(row) != len(header):
                refuse(place, f"there are {len(row)} values for {len(header)} columns")
            yield Row(place, dict(zip(header, row, strict=True)))


def refuse(place: str, reason: str) -> NoReturn:
    """Say what is wrong with a seed, and where.

    Raises:
        BuildError: always.
    """
    raise BuildError(f"{place}: {reason}; nothing was built.")
