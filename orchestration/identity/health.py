"""How the identity graph fares: the metrics of the newest build, and those of the builds before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.statements import statement
from orchestration.warehouse import connect, told_without_values

SHOWN_RUNS = 30


@dataclass(frozen=True)
class Promise:
    """What a metric is watched for: the name of its check, and how its value reads."""

    check: str
    description: str
    reading: str
    is_share: bool = True


PROMISES: Mapping[str, Promise] = {
    "largest_person": Promise(
        "no_person_is_too_large",
        "A person of very many records is mostly several, glued together by a shared value.",
        "records are the largest person's",
        is_share=False,
    ),
    "crowded_record_share": Promise(
        "few_records_are_in_crowded_people",
        "Few records are of people with more records than crowded_person_records.",
        "of all records are in crowded people",
    ),
    "merge_rate": Promise(
        "merges_are_as_usual",
        "A build merges about as many people as the builds of the past days did.",
        "of the former people were merged into others",
    ),
    "id_churn": Promise(
        "few_records_change_their_person",
        "Few records have another person id than in the build before.",
        "of the former records have another person id",
    ),
    "near_hub_share": Promise(
        "few_values_are_nearly_hubs",
        "Few shared values are near a limit of identifier_types, where they stop linking.",
        "of the shared values are nearly hubs",
    ),
    "hub_share": Promise(
        "few_values_are_hubs",
        "Few shared values are above a limit of identifier_types, so that they link nobody.",
        "of the shared values are hubs",
    ),
    "ambiguous_link_share": Promise(
        "little_evidence_is_ambiguous",
        "Little evidence would join records that contradict each other.",
        "of the evidence is ambiguous",
    ),
}


@dataclass(frozen=True)
class Metric:
    """One metric of the newest build, with its values from run to run, the newest last."""

    promise: Promise
    value: float
    past_value: float | None
    limit: float | None
    is_healthy: bool
    history: list[tuple[str, float]]

    def sentence(self) -> str:
        """Say what was measured and what would be fine."""
        limit = f"; up to {self._written(self.limit)} is fine" if self.limit is not None else ""
        return f"{self._written(self.value)} {self.promise.reading}{limit}."

    def _written(self, value: float) -> str:
        return f"{100 * value:.2f} %" if self.promise.is_share else f"{value:,.0f}"


@dataclass(frozen=True)
class Health:
    """The metrics, and how many people have how many records."""

    metrics: list[Metric]
    person_sizes: list[tuple[str, float]]


def read_health(warehouse_path: Path) -> Health:
    """Read the health of the graph that stands in the warehouse.

    Raises:
        WarehouseError: there is none.
    """
    with (
        connect(warehouse_path, read_only=True) as connection,
        told_without_values("Reading the health of the identity graph"),
    ):
        measured = connection.execute(
            statement(__package__, "health"), {"run_count": SHOWN_RUNS}
        ).fetchall()
        sizes = connection.execute(statement(__package__, "person_sizes")).fetchall()

    history: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, run_id, value, *_ in measured:
        history[name].append((run_id, value))

    newest_run = measured[-1][1] if measured else None
    metrics = [
        Metric(PROMISES[name], value, past_value, limit, is_healthy, history[name])
        for name, run_id, value, past_value, limit, is_healthy in measured
        if run_id == newest_run and name in PROMISES
    ]
    return Health(metrics, [(_class_name(number), count) for number, count in sizes])


def _class_name(number: int) -> str:
    """Return the numbers of records from a power of two to the next: 1, 2-3, 4-7."""
    lowest, highest = 2**number, 2 ** (number + 1) - 1
    return str(lowest) if lowest == highest else f"{lowest}-{highest}"
