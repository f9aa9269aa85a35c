"""One made-up company for all tests that only read it."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo_company import CompanySummary, generate

UNTIL = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> CompanySummary:
    """A company of 1,500 people, more than one chunk."""
    return generate(tmp_path_factory.mktemp("company"), people=1_500, seed=7, until=UNTIL)


@pytest.fixture(scope="session")
def rows_of(company: CompanySummary) -> Callable[[str], list[dict[str, str]]]:
    """Read a table of the company, `source.table`."""
    tables: dict[str, list[dict[str, str]]] = {}

    def read(table: str) -> list[dict[str, str]]:
        if table not in tables:
            path = company.folder.joinpath(*table.split(".")).with_suffix(".csv")
            tables[table] = read_rows(path)
        return tables[table]

    return read


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a landing file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
