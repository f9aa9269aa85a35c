"""Who was recognised: the published people held against the truth."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Agreement:
    """Precision and recall under one way of counting."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Score:
    """How well the people that were found agree with the truth."""

    record_count: int
    true_people: int
    found_people: int
    pairwise: Agreement
    bcubed: Agreement


def score_people(published_path: Path, truth_path: Path) -> Score:
    """Hold `marts.person_records` of a published file against `truth/records.csv`."""
    query = files("demo_company").joinpath("score.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(published_path), read_only=True) as connection:
        row = connection.execute(query, {"truth_path": str(truth_path)}).fetchone()

    # The query counts without groups, so it always has its one row.
    record_count, true_people, found_people, *agreement = row or (0, 0, 0, 1.0, 1.0, 1.0, 1.0)
    return Score(
        record_count=record_count,
        true_people=true_people,
        found_people=found_people,
        pairwise=Agreement(agreement[0], agreement[1]),
        bcubed=Agreement(agreement[2], agreement[3]),
    )
