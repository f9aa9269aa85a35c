"""What the account of deliveries tells in SQL: who was sent, and what is still to be."""

from pathlib import Path

import pytest

from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.ledger import Ledger
from tests.unit.activation.test_match_keys import ANNA, BORIS, AdDestination
from tests.unit.activation.world import World, compiled

OUTCOMES_BY_PERSON = """
    select person_id, planned_op, outcome
    from ({deliveries}) as deliveries inner join ({key_holders}) as key_holders using (sync, key)
    order by all
"""


def _rows(world: World, query: str) -> list[tuple[object, ...]]:
    with Ledger(world.settings).session("Test") as connection:
        return connection.execute(query).fetchall()


def _by_person(world: World) -> list[tuple[object, ...]]:
    tables = {name: compiled(name) for name in ("deliveries", "key_holders")}
    return _rows(world, OUTCOMES_BY_PERSON.format(**tables))


def test_deliveries_of_match_keys_can_be_read_by_person(tmp_path: Path) -> None:
    """Two people with one mailbox are one key, and both were sent."""
    world = World(tmp_path)
    world.destination = AdDestination()
    world.declaration = world.declaration.model_copy(update={"match_keys": ("email",)})
    world.publish({"p1": ANNA, "p2": ANNA, "p3": BORIS})
    world.run()
    world.publish({"p1": ANNA, "p2": ANNA}, dict.fromkeys(("p1", "p2", "p3"), True))
    world.run()

    assert _by_person(world) == [
        ("p1", "add", "acked_unverified"),
        ("p2", "add", "acked_unverified"),
        ("p3", "add", "acked_unverified"),
        ("p3", "remove", "acked_unverified"),
    ]


def test_deliveries_of_people_are_their_own(tmp_path: Path) -> None:
    """The key is the person."""
    world = World(tmp_path)
    world.publish({"p1": ANNA})
    world.run()

    assert _by_person(world) == [("p1", "add", "acked")]


@pytest.mark.parametrize("answer", [BatchResult(Verdict.RETRY), BatchResult(Verdict.AUTH)])
def test_what_is_pending_is_what_the_report_counts(tmp_path: Path, answer: BatchResult) -> None:
    """Until the run that planned it has ended."""
    world = World(tmp_path)
    people = {f"p{number}": f"{number}@example.com" for number in range(6)}
    world.destination.before_apply = lambda batch: answer if batch.number > 1 else None
    world.publish(people)
    report = world.run()
    pending = _rows(world, compiled("pending_deliveries"))
    world.destination.before_apply = lambda _: None
    ended = world.run()

    assert len(pending) == report.pending > 0
    assert {row[1] for row in pending} == {report.run_id}
    assert ended.pending == 0
    assert _rows(world, compiled("pending_deliveries")) == []
