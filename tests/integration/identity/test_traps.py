"""The traps that other identity graphs fell into, all in one build."""

from pathlib import Path

import pytest

from orchestration.settings import Settings
from tests.integration.identity.graph import Graph, merged
from tests.integration.identity.traps import TRAPS, all_traps


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """All traps, resolved together."""
    graph = Graph(Settings(home=tmp_path_factory.mktemp("traps")))
    graph.add(merged(all_traps()), "traps")
    return graph


@pytest.fixture(scope="module")
def people(graph: Graph) -> dict[str, str | None]:
    """The person of each record."""
    return graph.person_of()


@pytest.mark.parametrize("make", TRAPS, ids=lambda make: make.__name__)
def test_trap(make: object, people: dict[str, str | None]) -> None:
    """Strangers stay apart, and one person stays one."""
    trap = make()  # type: ignore[operator]

    for group in trap.together:
        assert len({people[key] for key in group}) == 1
    for one, other in trap.apart:
        assert people[one] is None or people[one] != people[other]
    for strangers in trap.strangers:
        assert len({people[key] for key in strangers}) == len(strangers)


def test_no_person_has_more_identifiers_than_the_seed_allows(graph: Graph) -> None:
    """A limit holds whatever chain of evidence leads across it."""
    over = graph.rows("""
        select count(*) from (
            select identifiers.person_id
            from marts.identifiers
            inner join reference.identifier_types using (identifier_type)
            group by identifiers.person_id, identifier_type, max_per_person
            having count(*) > max_per_person
        )
    """)

    assert over == [(0,)]


def test_every_person_hangs_together_by_used_links(graph: Graph) -> None:
    """Any two records of a person can be explained by a chain of evidence."""
    pieces = graph.rows("""
        with recursive reached(person_id, record_key) as (
            select person_id, min(record_key) from marts.person_records
            where person_id is not null group by person_id
            union
            select reached.person_id,
                case when links.left_key = reached.record_key then links.right_key
                     else links.left_key end
            from reached
            inner join marts.identity_links as links
                on links.is_used
                and reached.record_key in (links.left_key, links.right_key)
            where reached.person_id not in (
                select person_id from marts.person_records group by 1 having count(*) > 400
            )
        )
        select count(*) from marts.person_records as records
        where person_id is not null and not exists (
            select 1 from reached where reached.record_key = records.record_key
        ) and person_id not in (
            select person_id from marts.person_records group by 1 having count(*) > 400
        )
    """)

    assert pieces == [(0,)]


def test_the_same_people_come_out_of_any_order_of_rows(
    people: dict[str, str | None], tmp_path: Path
) -> None:
    """Neither the order of rows nor the number of builds decides who is who; only stewards do."""
    shuffled = Graph(Settings(home=tmp_path))
    shuffled.add(merged(all_traps()), "traps", seed=7)
    again = shuffled.person_of()
    assert again == people

    assert {change for (change,) in shuffled.rows("select change from marts.identity_changes")} == {
        "created"
    }

    check_stewards(shuffled, again)


def check_stewards(graph: Graph, before: dict[str, str | None]) -> None:
    """A steward parts one person and unites two; undone, everybody has their former id."""
    one, other = "crm:contact:owner-1", "pos:receipt:owner-2"
    anna, peter = "crm:contact:family-1", "crm:contact:family-2"
    graph.decide("different", one, other)
    graph.decide("same", anna, peter)
    graph.add({}, "traps")
    decided = graph.person_of()
    assert decided[one] != decided[other]
    assert decided[anna] == decided[peter] == min(before[anna] or "", before[peter] or "")
    assert decided["crm:contact:family-3"] == before["crm:contact:family-3"]

    graph.decide("undone", one, other)
    graph.decide("undone", anna, peter)
    graph.add({}, "traps")
    assert graph.person_of() == before
