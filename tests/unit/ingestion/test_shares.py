"""The limit up to which bad rows are a nuisance and not a broken export."""

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


def test_a_table_of_broken_rows_stops_the_run(bench: Bench) -> None:
    """More than a hundred rows and more than one in a hundred: the sentence counts them."""
    put_rows(bench, NAMES[0], good=100, bad=101)
    bench.load()

    with pytest.raises(BadFileError, match=r"101 of 201 rows of crm\.contacts"):
        check_shares(bench.warehouse, NAMES)


@pytest.mark.parametrize(("good", "bad"), [(0, 100), (10_000, 101)])
def test_a_few_bad_rows_stop_nothing(bench: Bench, good: int, bad: int) -> None:
    """Both limits have to be passed."""
    put_rows(bench, NAMES[0], good, bad)
    bench.load()

    check_shares(bench.warehouse, NAMES)


def test_a_broken_file_that_was_taken_away_stops_nothing_more(bench: Bench) -> None:
    """It may be mended in place, or removed and sent again under another name."""
    put_rows(bench, NAMES[0], good=0, bad=150)
    bench.load()
    (bench.raw_dir / NAMES[0]).unlink()
    put_rows(bench, NAMES[1], good=150, bad=0)
    bench.load()

    check_shares(bench.warehouse, NAMES[1:])
