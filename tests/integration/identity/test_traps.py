"""What holds of the identity graph: in known traps and random worlds, all in one build.

The second fixture sees the same rows in another order and in two parts, with decisions in between.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from orchestration.settings import Settings
from tests.integration.identity.graph import Graph
from tests.integration.identity.history import (
    History,
    People,
    build_at_once,
    build_in_pieces,
    groups_of,
    inherited_ids,
    is_erased,
    is_late,
    kept_tables,
)
from tests.integration.identity.traps import TRAPS
from tests.integration.identity.worlds import World, random_worlds, world_of

if TYPE_CHECKING:
    from tests.conftest import ParsedProject


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    """Two thousand cases, each a few records."""
    return random_worlds(2_000)


@pytest.fixture(scope="module")
def graph(
    worlds: list[World],
    tmp_path_factory: pytest.TempPathFactory,
    parsed_project: "ParsedProject",
) -> Graph:
    """All traps and most worlds, resolved together, with components by scipy."""
    home = tmp_path_factory.mktemp("at_once")
    parsed_project.put_into(home)
    some = [world for world in worlds if world.number % 10]
    return build_at_once(Settings(home=home, scipy_from_links=1), some)


@pytest.fixture(scope="module")
def people(graph: Graph) -> People:
    """The person of each record."""
    return graph.person_of()


@pytest.fixture(scope="module")
def history(
    worlds: list[World],
    tmp_path_factory: pytest.TempPathFactory,
    parsed_project: "ParsedProject",
) -> History:
    """The same rows and more of them, as time might bring them."""
    home = tmp_path_factory.mktemp("in_pieces")
    parsed_project.put_into(home)
    return build_in_pieces(Settings(home=home), worlds)


@pytest.mark.parametrize("make", TRAPS, ids=lambda make: make.__name__)
def test_trap(make: object, people: People) -> None:
    """Strangers stay apart, and one person stays one."""
    trap = make()  # type: ignore[operator]

    for group in trap.together:
        assert len({people[key] for key in group}) == 1
    for one, other in trap.apart:
        assert people[one] is None or people[one] != people[other]
    for strangers in trap.strangers:
        assert len({people[key] for key in strangers}) == len(strangers)


def test_no_person_has_more_identifiers_than_the_seed_allows(
    graph: Graph, history: History
) -> None:
    """A limit holds whatever chain of evidence, or decision that was taken back, leads across."""
    for built in (graph, history.graph):
        over = built.rows("""
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
        with recursive small_people as (
            select person_id from marts.person_records
            where person_id is not null group by 1 having count(*) <= 400
        ),
        steps as (
            select left_key as one, right_key as other from marts.identity_links where is_used
            union all
            select right_key, left_key from marts.identity_links where is_used
        ),
        reached(record_key) as (
            select min(record_key) from marts.person_records
            inner join small_people using (person_id) group by person_id
            union
            select steps.other from reached inner join steps on steps.one = reached.record_key
        )
        select count(*) from marts.person_records
        inner join small_people using (person_id)
        where record_key not in (select record_key from reached)
    """)

    assert pieces == [(0,)]


def test_first_ids_follow_the_keys_of_the_records(people: People) -> None:
    """No order of rows, and nothing by chance, decides who gets which id."""
    first_keys: dict[str, str] = {}
    for key, person in sorted(people.items()):
        if person is not None:
            first_keys.setdefault(person, key)

    assert all(one < other for one, other in pairwise(first_keys))
    assert sorted(first_keys)[-1] == f"p{len(first_keys):012}"


def test_who_is_one_person_depends_on_their_own_records_alone(
    people: People, history: History
) -> None:
    """Order, parts, decisions taken back, other junk, other company: the same people.

    The components of the one are labelled by scipy, those of the other in SQL.
    """
    assert people.keys() <= history.undone.keys()
    assert groups_of(people, people) == groups_of(history.undone, people)


def test_ids_stay_with_the_majority_and_the_oldest(history: History) -> None:
    """New rows and decisions merge and split people; each id goes where it has to."""
    inherited = inherited_ids(history.first, history.decided)

    assert {key: history.decided[key] for key in inherited} == inherited


def test_decisions_are_followed(history: History) -> None:
    """Records that a steward parts are two people, and those that one unites are one."""
    for verdict, one, other in history.decisions:
        is_one = history.decided[one] is not None and history.decided[one] == history.decided[other]
        assert is_one == (verdict == "same")


def test_a_decision_that_is_taken_back_leaves_no_trace(history: History) -> None:
    """Whom a steward parted or united has the former id again."""
    touched = {world_of(decision.one) for decision in history.decisions}
    keys = [key for key in history.first if world_of(key) in touched and "crowd" not in key]

    assert [history.undone[key] for key in keys] == [history.first[key] for key in keys]


def test_a_build_without_news_changes_nothing(history: History) -> None:
    """Two builds more, and who had no news has the id, and the entry in the log, of the first."""
    touched = {world_of(decision.one) for decision in history.decisions}
    keys = [
        key
        for key in history.first
        if world_of(key) not in touched
        and not (is_late(world_of(key)) or is_erased(world_of(key)) or "crowd" in key)
    ]
    ids = {history.first[key] for key in keys} - {None}
    changes = history.graph.rows("select person_id, change from marts.identity_changes")

    assert [history.undone[key] for key in keys] == [history.first[key] for key in keys]
    assert {change for person, change in changes if person in ids} == {"created"}


def test_a_build_of_what_is_new_is_a_build_of_everything(history: History) -> None:
    """News, erasures and decisions: the same rows in every table as from nothing but the ids."""
    anew = kept_tables(history.anew)

    assert history.decided == history.anew.person_of()
    assert {table for table in anew if history.decided_tables[table] != anew[table]} == set()
    assert len(anew) > 20
    assert any(is_erased(world_of(key)) for key in history.first.keys() - history.decided.keys())


def test_a_limit_that_news_cross_takes_back_what_the_value_joined(history: History) -> None:
    """Two people of one address and name were one, until fifty more had both."""
    pair = ("crm:contact:crowd-0", "crm:contact:crowd-1")

    assert len({history.first[key] for key in pair}) == 1
    assert len({history.decided[key] for key in pair}) == 2


def test_a_refusal_made_while_joined_stays_on_both_sides(history: History) -> None:
    """And one made before stays with whoever made it, in the build of the parting and after."""
    pairs = (("joined-1", "joined-2"), ("crowd-0", "crowd-1"))
    apart, joined, parted = ([told[name] for name in pairs[0]] for told in history.permissions)
    one, gone, still = ([told[name] for name in pairs[1]] for told in history.permissions)

    assert apart == [(True, True), (True, False)]
    assert joined == [(True, False), (True, False)]
    assert parted == [(False, True), (False, False)]
    assert one == [(True, True), (True, True)]
    assert gone == still == [(True, False), (True, False)]


def test_a_refusal_stays_when_what_it_names_is_theirs_no_more(history: History) -> None:
    """Another address, or a deleted twin of the record, is no consent."""
    for told in history.permissions:
        assert told["mover"] == told["twin-2"] == (True, False)
