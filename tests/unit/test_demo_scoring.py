"""The score of a demo, on a table small enough to count by hand."""

from pathlib import Path

import duckdb
import pytest

from demo_company.scoring import Score, score_people

# Two people with two and one records; each test says who was found to be who.
TRUTH = [
    ("crm", "contact", "a", "E1"),
    ("shop", "customer", "b", "E1"),
    ("web", "cookie", "c", "E2"),
]


@pytest.fixture
def truth_path(tmp_path: Path) -> Path:
    """The truth as a file."""
    lines = ["source_name,record_type,record_id,entity_id", *(",".join(row) for row in TRUTH)]
    path = tmp_path / "records.csv"
    path.write_text("\n".join(lines))
    return path


def scored(truth_path: Path, people: list[str | None]) -> Score:
    """Publish these people for the records of the truth, and score them."""
    path = truth_path.with_name("onefold.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.person_records "
            "(source_name text, record_type text, record_id text, person_id text)"
        )
        for record, person in zip(TRUTH, people, strict=True):
            connection.execute(
                "insert into marts.person_records values (?, ?, ?, ?)", [*record[:3], person]
            )
    return score_people(path, truth_path)


def test_people_who_are_all_right_score_one(truth_path: Path) -> None:
    """Nothing better can be reached."""
    score = scored(truth_path, ["p1", "p1", "p2"])

    assert (score.pairwise.f1, score.bcubed.f1) == (1, 1)
    assert (score.true_people, score.found_people) == (2, 2)


def test_one_person_too_many_costs_recall(truth_path: Path) -> None:
    """A split person: no pair is found, and each half of E1 sees half of it."""
    score = scored(truth_path, ["p1", "p2", "p3"])

    assert (score.pairwise.precision, score.pairwise.recall) == (1, 0)
    assert score.bcubed.recall == pytest.approx((0.5 + 0.5 + 1) / 3)


def test_strangers_in_one_person_cost_precision(truth_path: Path) -> None:
    """One of three pairs is right; two records see two thirds, one sees a third."""
    score = scored(truth_path, ["p1", "p1", "p1"])

    assert score.pairwise.precision == pytest.approx(1 / 3)
    assert score.bcubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)


def test_records_without_a_person_stand_alone(truth_path: Path) -> None:
    """A cookie of nobody is no pair with another cookie of nobody."""
    score = scored(truth_path, [None, None, None])

    assert score.found_people == 3
    assert score.pairwise.recall == 0
