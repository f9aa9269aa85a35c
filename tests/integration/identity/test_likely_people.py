"""People without shared identifiers are found by what else their records say, where that is on."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import PROJECT_DIR
from tests.conftest import environment_of, run_onefold

PEOPLE = PROJECT_DIR.parent / "shared" / "fixtures" / "people"
DETAILS = ("first_name", "last_name", "birth_date", "email", "street", "city", "region", "postcode")
# Pairwise F1 that Splink alone reaches on the same records: 0.914 on fake_1000.
LOWEST_F1 = {"fake_1000": 0.914, "febrl3": 0.985}

pytestmark = pytest.mark.skipif(
    not PEOPLE.is_dir(), reason=f"the foreign data are not beside this checkout: {PEOPLE.name}"
)

# What a run with this setting publishes, on a data set, from an empty state or on top of another.
Run = Callable[[str, str], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A way to run the data set's contacts with a setting of ONEFOLD_IDENTITY_INFERENCE."""
    base = tmp_path_factory.mktemp("people")

    def published(name: str, inference: str) -> duckdb.DuckDBPyConnection:
        raw, truth = base / name / "raw", base / name / "truth"
        if not raw.exists():
            _write(raw / "crm" / "contacts.csv", _contacts(name))
            _write(truth / "records.csv", _truth(name))
        done = run_onefold(
            ["run", "--raw", str(raw), "--truth", str(truth), "--no-sync", "--json"],
            environment_of(base / name / "home") | {"ONEFOLD_IDENTITY_INFERENCE": inference},
        )
        assert done.returncode == 0, done.stderr
        document = json.loads(done.stdout.splitlines()[-1])
        return duckdb.connect(document["published"], read_only=True)

    return published


def _read(name: str) -> list[dict[str, str]]:
    with (PEOPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _contacts(name: str) -> list[dict[str, str]]:
    return [
        {
            "contact_id": row["record_id"],
            **{detail: row.get(detail, "") for detail in DETAILS},
            "street": f"{row.get('street_number', '')} {row.get('street', '')}".strip(),
        }
        for row in _read(name)
    ]


def _truth(name: str) -> list[dict[str, str]]:
    return [
        {
            "source_name": "crm",
            "record_type": "contact",
            "record_id": row["record_id"],
            "entity_id": row["entity_id"],
        }
        for row in _read(f"{name}_truth")
    ]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _quality(published: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    relation = published.execute("""
        select pairwise_precision, pairwise_f1
        from marts.identity_quality
        where scope = 'all'
    """)
    precision, f1 = relation.fetchall()[0]
    return {"precision": precision, "f1": f1}


@pytest.mark.parametrize("name", LOWEST_F1)
def test_people_of_the_truth_are_found(run: Run, name: str) -> None:
    """Typing errors in every detail, and at most an e-mail in common."""
    with run(name, "on") as published:
        found = _quality(published)
        outcomes = dict(
            published.execute(
                "select outcome, count(*) from marts.identity_likely_pairs group by 1"
            ).fetchall()
        )

    assert found["precision"] >= 0.98
    assert found["f1"] >= LOWEST_F1[name]
    assert outcomes["joined"] > outcomes.get("to review", 0) > 0


def test_pairs_to_review_join_nobody(run: Run) -> None:
    """With `review` a steward gets a list, and people are what the rules alone make of them."""
    with run("fake_1000", "review") as published:
        listed = published.execute("""
            select count(*), min(match_probability), count(*) filter (match_probability >= 0.9)
            from marts.identity_likely_pairs
            where outcome = 'to review' and left_person_id <> right_person_id
        """).fetchall()
        used = published.execute("""
            select count(*) from marts.identity_links where rule = 'similar_details' and is_used
        """).fetchall()

    count, lowest, surest = listed[0]
    assert count > surest > 100
    assert lowest >= 0.1
    assert used == [(0,)]
