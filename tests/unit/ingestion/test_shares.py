"""The limit up to which bad rows are a nuisance and not a broken export."""

from pathlib import Path

import pytest

from orchestration.errors import BadFileError
from orchestration.ingestion.shares import check_shares

from .conftest import Bench

HEADER = "contact_id,email\n"
NAMES = ["crm/contacts/1.csv", "crm/contacts/2.csv"]


def put_rows(bench: Bench, name: str, good: int, bad: int) -> None:
    """Write a file of contacts, some of them without key."""
    rows = "".join(f"{name}-{number},\n" for number in range(good)) + ",a@example.com\n" * bad
    bench.put(name, HEADER + rows)


@pytest.mark.parametrize(("good", "bad"), [(0, 101), (9_998, 101), (19_799, 201)])
def test_a_table_of_broken_rows_stops_the_run(bench: Bench, good: int, bad: int) -> None:
    """One row more than a hundred, and than one in a hundred: the sentence counts them."""
    put_rows(bench, NAMES[0], good, bad)
    bench.load()

    with pytest.raises(BadFileError, match=rf"{bad} of {good + bad} rows of crm\.contacts"):
        check_shares(bench.warehouse, NAMES)


@pytest.mark.parametrize(("good", "bad"), [(0, 100), (9_999, 101), (19_899, 201)])
def test_a_few_bad_rows_stop_nothing(bench: Bench, good: int, bad: int) -> None:
    """Both limits have to be passed: a hundred is none too many, nor is one in a hundred."""
    put_rows(bench, NAMES[0], good, bad)
    bench.load()

    check_shares(bench.warehouse, NAMES)


def test_the_limits_are_those_of_the_dbt_project(bench: Bench, tmp_path: Path) -> None:
    """Who changes the variables changes both, the loader and the data test."""
    project = tmp_path / "dbt_project.yml"
    project.write_text(
        "vars: {tolerated_quarantined_rows: 2, tolerated_quarantined_percent: 50}", "utf-8"
    )
    put_rows(bench, NAMES[0], good=2, bad=3)
    bench.load()

    check_shares(bench.warehouse, NAMES)
    with pytest.raises(BadFileError, match="3 of 5 rows"):
        check_shares(bench.warehouse, NAMES, project)


def test_a_broken_file_that_was_taken_away_stops_nothing_more(bench: Bench) -> None:
    """It may be mended in place, or removed and sent again under another name."""
    put_rows(bench, NAMES[0], good=0, bad=150)
    bench.load()
    (bench.raw_dir / NAMES[0]).unlink()
    put_rows(bench, NAMES[1], good=150, bad=0)
    bench.load()

    check_shares(bench.warehouse, NAMES[1:])
