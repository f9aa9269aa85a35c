"""What differs between the people of two builds: who was joined, torn apart, or only renamed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import UsageError
from orchestration.statements import statement
from orchestration.warehouse import attached, connect, rows, told_without_values

NEEDED = ("person_records", "identity_links", "audience_members", "contact_permissions")
SHOWN_PARTS = 6

Row = dict[str, Any]


@dataclass(frozen=True)
class Counts:
    """The sizes of a difference; merged, split and re-keyed people are told by their records."""

    records_before: int
    records_after: int
    records_in_both: int
    records_moved: int
    people_before: int
    people_after: int
    people_merged: int
    people_split: int
    people_rekeyed: int
    people_created: int
    people_gone: int


@dataclass(frozen=True)
class Difference:
    """A difference by people, rules, audiences, permissions, and by the truth if there is one."""

    counts: Counts
    examples: list[Row]
    rules: list[Row]
    audiences: list[Row]
    permissions: list[Row]
    quality: Row | None

    @property
    def newly_mailable(self) -> int:
        """How many people of before may be written to by e-mail now and might not before."""
        granted = {row["permission"]: row["newly_granted"] for row in self.permissions}
        return int(granted.get("may_email", 0))

    def as_json(self) -> Row:
        """Return the difference for machines."""
        return asdict(self)


def published_file(path: Path) -> Path:
    """Return the published file that a path means: itself, or that of a state directory.

    Raises:
        UsageError: there is none.
    """
    path = path.expanduser().resolve()
    found = path / "published" / "onefold.duckdb" if path.is_dir() else path
    if not found.is_file():
        raise UsageError(f"{path} is no published file, and no state directory that holds one.")
    return found


def compare(before: Path, after: Path, example_count: int = 5) -> Difference:
    """Compare the people of two published files, or of one and a trial build.

    Raises:
        UsageError: one of them has no people of onefold.
        WarehouseError: one of them cannot be read.
    """
    with _both(before, after) as connection:
        for name in ("create_records", "create_meetings"):
            connection.execute(statement(__package__, name))

        [counts] = rows(connection, statement(__package__, "difference_counts"))
        shown = {"example_count": example_count, "part_count": SHOWN_PARTS}
        return Difference(
            counts=Counts(**counts),
            examples=rows(connection, statement(__package__, "difference_examples"), shown),
            rules=rows(connection, statement(__package__, "difference_by_rule")),
            audiences=rows(connection, statement(__package__, "difference_by_audience")),
            permissions=rows(connection, statement(__package__, "difference_by_permission")),
            quality=_quality(connection),
        )


@contextmanager
def _both(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        connect(":memory:") as connection,
        told_without_values("Comparing two builds"),
        attached(connection, before, "before"),
        attached(connection, after, "after"),
    ):
        for name, path in (("before", before), ("after", after)):
            missing = [table for table in NEEDED if table not in _tables(connection, name)]
            if missing:
                raise UsageError(
                    f"{path} has no table marts.{missing[0]}, so it cannot be compared."
                )
        yield connection


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? and schema_name = 'marts'",
        [database],
    ).fetchall()
    return {name for (name,) in found}


def _quality(connection: duckdb.DuckDBPyConnection) -> Row | None:
    for database in ("before", "after"):
        if "identity_quality" not in _tables(connection, database):
            return None
    measured = rows(connection, statement(__package__, "difference_in_quality"))
    return measured[0] if measured else None
