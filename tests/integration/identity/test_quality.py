"""People held against the truth, on the demo company: counted in SQL and once more by hand."""

import csv
import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import duckdb
import pytest

from orchestration.cli.demo_home import truth_path
from orchestration.errors import BuildError
from orchestration.transformation.build import build_warnings, stream_build

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

MEASURED = ("--select=stg_truth__records+", "--exclude-resource-type=unit_test")


@pytest.fixture(scope="module")
def labels(refreshed_home: "RefreshedHome") -> list[tuple[str, str, str]]:
    """Source, true person and found person of each record of the truth."""
    people = dict(
        refreshed_home.published("select record_key, person_id from marts.person_records")
    )
    with truth_path(refreshed_home.settings).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [f"{row['source_name']}:{row['record_type']}:{row['record_id']}" for row in rows]
    return [
        (row["source_name"], row["entity_id"], people.get(key) or key)
        for row, key in zip(rows, keys, strict=True)
    ]


def test_pairs_are_those_that_one_counts_one_by_one(
    refreshed_home: "RefreshedHome", labels: list[tuple[str, str, str]]
) -> None:
    """The sizes of clusters give the same sums as all pairs of records do."""
    true, found, right = (defaultdict(int) for _ in range(3))
    for (one, entity, person), (other, other_entity, other_person) in itertools.combinations(
        labels, 2
    ):
        name = " + ".join(sorted({one, other}))
        true[name] += entity == other_entity
        found[name] += person == other_person
        right[name] += entity == other_entity and person == other_person

    counted = refreshed_home.published(
        "select scope_name, true_pair_count, found_pair_count, right_pair_count "
        "from marts.identity_quality where scope = 'sources'"
    )

    assert counted
    assert counted == [(name, true[name], found[name], right[name]) for name, *_ in counted]
    assert refreshed_home.published(
        "select true_pair_count, found_pair_count, right_pair_count "
        "from marts.identity_quality where scope = 'all'"
    ) == [(sum(true.values()), sum(found.values()), sum(right.values()))]


def test_bcubed_is_what_each_record_sees(
    refreshed_home: "RefreshedHome", labels: list[tuple[str, str, str]]
) -> None:
    """Bagga and Baldwin's definition, record by record."""
    entities, people = defaultdict(set), defaultdict(set)
    for place, (_, entity, person) in enumerate(labels):
        entities[entity].add(place)
        people[person].add(place)
    shared = [len(entities[entity] & people[person]) for _, entity, person in labels]
    precision = [s / len(people[label[2]]) for s, label in zip(shared, labels, strict=True)]
    recall = [s / len(entities[label[1]]) for s, label in zip(shared, labels, strict=True)]

    [(found_precision, found_recall)] = refreshed_home.published(
        "select bcubed_precision::double, bcubed_recall::double "
        "from marts.identity_quality where scope = 'all'"
    )

    assert found_precision == pytest.approx(sum(precision) / len(labels), abs=1e-9)
    assert found_recall == pytest.approx(sum(recall) / len(labels), abs=1e-9)


def test_the_demo_finds_its_people(refreshed_home: "RefreshedHome") -> None:
    """Strangers must not be joined, whatever that costs in recall."""
    [(precision, recall)] = refreshed_home.published(
        "select pairwise_precision::double, pairwise_recall::double "
        "from marts.identity_quality where scope = 'all'"
    )

    assert precision >= 0.995
    assert recall >= 0.9


def test_every_used_rule_is_measured(refreshed_home: "RefreshedHome") -> None:
    """A rule that joins strangers shows in its own row."""
    rules = "select distinct rule from marts.identity_links where is_used"
    measured = "select scope_name from marts.identity_quality where scope = 'rule'"

    assert set(refreshed_home.published(measured)) == set(refreshed_home.published(rules))


def test_people_below_the_floor_are_not_published(copied_home: "RefreshedHome") -> None:
    """Every record somebody else's: the build stops, and says how many rows are unknown too."""
    with duckdb.connect(str(copied_home.settings.warehouse_path)) as warehouse:
        warehouse.execute("update raw_truth.records set entity_id = record_id")
        warehouse.execute(
            "insert into raw_truth.records by name select 'crm' as source_name, "
            "'contact' as record_type, 'unknown-1' as record_id, 'E' as entity_id"
        )

    with pytest.raises(BuildError) as caught:
        list(stream_build(copied_home.settings, MEASURED))

    assert "assert_people_agree_with_the_truth (1 row against" in str(caught.value)
    assert "identity_precision_at_least" in str(caught.value)
    assert ": pairwise_precision 0.0" in str(caught.value)
    assert "identity_recall_at_least 0.5)" in str(caught.value)
    [warning] = build_warnings(copied_home.settings)
    assert "records_of_the_truth_are_known" in warning


def test_a_truth_about_other_records_is_refused(copied_home: "RefreshedHome") -> None:
    """One mistyped source name would otherwise look like a graph that finds nobody."""
    with duckdb.connect(str(copied_home.settings.warehouse_path)) as warehouse:
        warehouse.execute("update raw_truth.records set source_name = 'erp'")

    with pytest.raises(BuildError, match="assert_the_truth_is_about_these_records"):
        list(stream_build(copied_home.settings, MEASURED))


def test_health_is_remembered(refreshed_home: "RefreshedHome") -> None:
    """The first run measured everything that has a limit, and found itself healthy."""
    measured = refreshed_home.published(
        "select metric, run_id, is_healthy from marts.identity_health order by metric"
    )

    assert len(measured) == 7
    assert {(run_id, healthy) for _, run_id, healthy in measured} == {
        (refreshed_home.result["run_id"], True)
    }
