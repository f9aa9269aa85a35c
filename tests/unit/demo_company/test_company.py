"""The made-up company as a whole: repeatable, complete, within its time, within its memory."""

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from demo_company import CompanySummary, generate
from demo_company.landing import LANDING_COLUMNS

UNTIL = datetime(2026, 6, 30, 12, tzinfo=UTC)
CATALOG = Path(__file__).parents[3] / "models" / "staging"
RowsOf = Callable[[str], list[dict[str, str]]]


def digests(folder: Path) -> dict[str, str]:
    """Digest all files of a folder."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.csv"))
    }


def test_one_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same arguments give the same files, byte for byte."""
    for name in ("first", "second"):
        generate(tmp_path / name, people=150, seed=11, until=UNTIL)

    assert digests(tmp_path / "first") == digests(tmp_path / "second")


def test_another_seed_gives_another_company(tmp_path: Path) -> None:
    """Every table about people differs under another seed."""
    for seed in (11, 12):
        generate(tmp_path / str(seed), people=150, seed=seed, until=UNTIL)

    first, second = digests(tmp_path / "11"), digests(tmp_path / "12")
    assert {path for path in first if first[path] == second[path]} == {"shop/products.csv"}


def test_headers_are_the_columns_of_the_catalog(company: CompanySummary) -> None:
    """Each landing file has exactly the columns that the dbt sources declare, in their order."""
    declared = {
        f"{source['name']}.{table['name']}": tuple(column["name"] for column in table["columns"])
        for page in CATALOG.glob("*/_*__sources.yml")
        for source in yaml.safe_load(page.read_text(encoding="utf-8"))["sources"]
        if source["name"] not in {"onefold", "quarantine", "truth"} and "database" not in source
        for table in source["tables"]
    }

    assert declared == LANDING_COLUMNS
    for table, columns in declared.items():
        path = company.folder.joinpath(*table.split(".")).with_suffix(".csv")
        assert path.read_text(encoding="utf-8").split("\n", 1)[0] == ",".join(columns)


def test_the_summary_counts_the_rows(company: CompanySummary, rows_of: RowsOf) -> None:
    """The summary tells the rows that are in the files."""
    counted = {table: len(rows_of(table)) for table in LANDING_COLUMNS}

    assert company.row_counts == counted
    assert company.truth_count == len(rows_of("truth.records"))
    assert company.row_count == sum(counted.values())


@pytest.mark.parametrize("table", sorted(LANDING_COLUMNS))
def test_nothing_happens_after_the_companys_now(table: str, rows_of: RowsOf) -> None:
    """No row of any table tells of a moment that is still to come; only segments end later."""
    for row in rows_of(table):
        for column, text in row.items():
            is_time = column.endswith("_at") and column != "expires_at"
            if is_time and text and text not in {"yesterday", "0000-00-00"}:
                assert datetime.fromisoformat(text) <= UNTIL


def test_a_short_history_is_possible(tmp_path: Path) -> None:
    """The company may know one person for one year, and reports progress."""
    finished: list[int] = []
    summary = generate(tmp_path, people=1, until=UNTIL, years=1, progress=finished.append)

    assert finished == [1]
    assert summary.row_counts["ads.spend"] == 3 * 364


@pytest.mark.parametrize(
    ("people", "years", "until"),
    [(0, 2, UNTIL), (5, 0, UNTIL), (5, 2, UNTIL.replace(tzinfo=None))],
    ids=["no people", "no years", "no time zone"],
)
def test_impossible_companies_are_refused(
    tmp_path: Path, people: int, years: int, until: datetime
) -> None:
    """What cannot be made up is refused before anything is written."""
    with pytest.raises(ValueError, match="company"):
        generate(tmp_path, people=people, years=years, until=until)

    assert not list(tmp_path.iterdir())


def test_memory_does_not_grow_with_people(tmp_path: Path) -> None:
    """Four times the people need no more memory: rows go to the files as they are made."""

    def peak(people: int) -> int:
        tracemalloc.start()
        generate(tmp_path, people=people, until=UNTIL)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(600) < 1.5 * peak(150)


def test_the_command_writes_a_company(tmp_path: Path) -> None:
    """`python -m demo_company` writes the files and counts the rows."""
    from demo_company.__main__ import app  # noqa: PLC0415 - imported where the command is run

    moment = (UNTIL - timedelta(days=1)).isoformat()
    result = CliRunner().invoke(app, [str(tmp_path), "--people", "20", "--until", moment])

    assert result.exit_code == 0
    assert "truth.records" in result.output
    assert (tmp_path / "web" / "events.csv").exists()
