"""Promises of a full resync: the destination is made equal again, whatever became of it."""

import pytest

from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.errors import OnefoldError
from tests.unit.activation.world import FakeDestination, World, declaration

PEOPLE = {"p1": "a@example.com", "p2": "b@example.com", "p3": "c@example.com"}


def test_all_that_is_held_is_sent_again_and_leavers_leave(world: World) -> None:
    """Under new keys, so that no receiver takes the batches for repetitions; strangers stay."""
    world.publish(PEOPLE)
    world.run()
    keys = {batch.idempotency_key for batch in world.destination.batches}
    world.destination.members = {"p1": {"email": "edited@example.com"}, "p2": {}, "stranger": {}}
    remaining = {"p1": PEOPLE["p1"], "p3": PEOPLE["p3"]}
    world.publish(remaining, dict.fromkeys(PEOPLE, True))

    report = world.run(full_resync=True)

    assert (report.status, report.updated, report.removed) == ("done", 2, 1)
    assert world.destination.members == {
        key: {"email": email} for key, email in remaining.items()
    } | {"stranger": {}}
    assert not keys & {batch.idempotency_key for batch in world.destination.batches[2:]}
    assert world.run().updated == 0


def test_a_second_resync_differs_from_the_first(world: World) -> None:
    """The very same rows twice are two batches."""
    world.publish(PEOPLE)
    for _ in range(3):
        world.run(full_resync=True)

    keys = [batch.idempotency_key for batch in world.destination.batches]
    assert len(set(keys)) == len(keys) == 6


def test_what_was_refused_is_tried_at_once(world: World) -> None:
    """Not after its hour."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.key == "p2"
    world.run()
    world.destination.refuses = lambda _: False

    assert world.run().status == "done_with_rejects"
    assert (world.run(full_resync=True).status, world.held()) == ("done", set(PEOPLE))


def test_a_resync_does_not_pass_the_guards(world: World) -> None:
    """An emptied model stays what it is."""
    world.publish(PEOPLE)
    world.run()
    world.publish({}, dict.fromkeys(PEOPLE, True))

    assert world.run(full_resync=True).status == "blocked"
    assert set(world.destination.members) == set(PEOPLE)


def test_a_resync_behind_a_run_that_stays_open_says_that_it_did_not_begin(world: World) -> None:
    """Where that run ends, the resync follows at once, and nothing has to be said."""
    world.publish(PEOPLE)
    world.destination.before_apply = lambda _: BatchResult(Verdict.AUTH)
    reasons = [world.run(full_resync=full_resync).reason for full_resync in (False, True)]
    reasons.append(world.plan(full_resync=True).reason)

    assert ["no full resync was begun" in (reason or "") for reason in reasons] == [
        False,
        True,
        True,
    ]
    assert "refused the credentials" in (reasons[1] or "")
    world.destination.before_apply = lambda _: None
    report = world.run(full_resync=True)
    assert (report.status, report.updated, report.reason) == ("done", 3, None)


def test_whoever_was_taken_out_is_taken_out_again(world: World) -> None:
    """By the mode delete, which otherwise asks once per row."""
    world.declaration = world.declaration.model_copy(update={"mode": "delete"})
    world.publish({"p1": "a@example.com"})
    counts = [world.run(full_resync=full_resync).removed for full_resync in (False, False, True)]

    assert counts == [1, 0, 1]


def test_another_target_gets_everybody(world: World) -> None:
    """Also where the change comes in the middle of a run, and where two runs are broken off."""
    _point_to(world, "former")
    world.publish(PEOPLE)
    world.run()
    former = world.destination
    _point_to(world, "new")
    world.destination.before_apply = _fail_after_first
    assert world.run().status == "failed"
    world.destination.before_apply = lambda _: None
    world.declaration = world.declaration.model_copy(update={"mode": "upsert"})

    world.run()

    assert set(former.members) == set(world.destination.members) == set(PEOPLE) == world.held()
    assert world.run().updated == 0


def test_another_vendor_is_another_sync(world: World) -> None:
    """The former vendor's references mean nobody there, and nobody would leave the former one."""
    world.publish(PEOPLE)
    world.run()
    former, world.declaration = world.declaration, declaration(destination="s3")
    world.publish(dict(list(PEOPLE.items())[:2]), {"p3": False})

    for attempt in (world.plan, world.run, lambda: world.run(full_resync=True)):
        with pytest.raises(OnefoldError, match="test_people has sent people to webhook, where no"):
            attempt()
    assert len(world.destination.batches) == 2

    world.declaration = former
    assert (world.run().removed, world.held()) == (1, {"p1", "p2"})


def test_where_nobody_is_held_the_vendor_may_change(world: World) -> None:
    """A rehearsal that the guards held back, or that the vendor let in nowhere, binds nobody."""
    world.publish(PEOPLE)
    world.run(hold="a source is stale")
    world.destination.before_apply = lambda _: BatchResult(Verdict.AUTH)
    world.run()
    world.destination.before_apply = lambda _: None
    world.declaration = declaration(destination="s3")

    assert world.run().added == 3


def test_whom_another_target_refused_is_tried_there_again(world: World) -> None:
    """That the former one has them says nothing of the new one."""
    _point_to(world, "former")
    world.publish(PEOPLE)
    world.run()
    _point_to(world, "new")
    world.destination.refuses = lambda operation: operation.key == "p2"
    world.run()
    world.destination.refuses = lambda _: False
    world.after(days=8)

    world.run()

    assert set(world.destination.members) == set(PEOPLE)


def test_what_is_done_once_is_not_done_again_for_another_target(world: World) -> None:
    """A template of another name is no reason to welcome everybody anew."""
    world.declaration = world.declaration.model_copy(update={"mode": "insert"})
    _point_to(world, "former")
    world.publish(PEOPLE)
    world.run()
    _point_to(world, "new")

    world.run()

    assert not world.destination.members


def _point_to(world: World, name: str) -> None:
    world.destination = FakeDestination()
    world.declaration = world.declaration.model_copy(update={"target": {"list_id": name}})


def _fail_after_first(batch: Batch) -> BatchResult | None:
    return BatchResult(Verdict.AUTH) if batch.number > 1 else None
