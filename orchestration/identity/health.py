"""How the identity graph fares: the metrics of the newest build, and the sizes behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.statements import statement
from orchestration.warehouse import connect, told_without_values

FIFTHS = ("below 20 %", "20-39 %", "40-59 %", "60-79 %", "80-100 %", "over: hubs")

Bars = list[tuple[str, float]]


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
        "The largest person has {} records",
        is_share=False,
    ),
    "crowded_record_share": Promise(
        "few_records_are_in_crowded_people",
        "Few records are of people with more records than crowded_person_records.",
        "{} of all records are in crowded people",
    ),
    "merge_rate": Promise(
        "merges_are_as_usual",
        "A build merges about as many people as the builds of the past days did.",
        "{} of the former people were merged into others",
    ),
    "id_churn": Promise(
        "few_records_change_their_person",
        "Few records have another person id than in the build before.",
        "{} of the former records have another person id",
    ),
    "near_hub_share": Promise(
        "few_values_are_nearly_hubs",
        "Few shared values are near a limit of identifier_types, where they stop linking.",
        "{} of the shared values are nearly hubs",
    ),
    "hub_share": Promise(
        "few_values_are_hubs",
        "Few shared values are above a limit of identifier_types, so that they link nobody.",
        "{} of the shared values are hubs",
    ),
    "ambiguous_link_share": Promise(
        "little_evidence_is_ambiguous",
        "Little evidence would join records that contradict each other.",
        "{} of the evidence is ambiguous",
    ),
}


@dataclass(frozen=True)
class Metric:
    """One metric of the newest build."""

    promise: Promise
    value: float
    past_value: float | None
    limit: float | None
    is_healthy: bool

    def sentence(self) -> str:
        """Say what was measured and what would be fine."""
        limit = f"; up to {self._written(self.limit)} is fine" if self.limit is not None else ""
        return f"{self.promise.reading.format(self._written(self.value))}{limit}."

    def _written(self, value: float) -> str:
        return f"{100 * value:.2f} %" if self.promise.is_share else f"{value:,.0f}"


@dataclass(frozen=True)
class Health:
    """The metrics; how many people have how many records; how near shared values are to hubs."""

    metrics: Sequence[Metric]
    person_sizes: Bars
    value_fullness: Bars


def read_health(warehouse_path: Path) -> Health:
    """Read the health of the graph that stands in the warehouse.

    Raises:
        WarehouseError: there is none.
    """
    with (
        connect(warehouse_path, read_only=True) as connection,
        told_without_values("Reading the health of the identity graph"),
    ):
        measured, sizes, fullness = (
            connection.execute(statement(__package__, name)).fetchall()
            for name in ("health", "person_sizes", "value_fullness")
        )

    return Health(
        metrics=[Metric(PROMISES[name], *row) for name, *row in measured if name in PROMISES],
        person_sizes=[(_class_name(number), count) for number, count in sizes],
        value_fullness=[(FIFTHS[fifth], count) for fifth, count in fullness],
    )


def _class_name(number: int) -> str:
    """Return the numbers of records from a power of two to the next: 1, 2-3, 4-7."""
    lowest, highest = 2**number, 2 ** (number + 1) - 1
    return str(lowest) if lowest == highest else f"{lowest}-{highest}"
