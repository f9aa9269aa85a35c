"""Promises about refused rows: named, counted, tried again when it makes sense."""

from orchestration.activation import sync_status
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from tests.unit.activation.world import World

PEOPLE = {"p1": "a@example.com", "p2": "b@example.com", "p3": "c@example.com"}


def test_a_refused_row_stops_no_other(world: World) -> None:
    """The run says that it was refused, and is no success."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.key == "p2"

    report = world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 2, 1)
    assert not report.is_success
    assert world.held() == {"p1", "p3"}


def test_a_refused_row_waits_an_hour_then_six(world: World) -> None:
    """It is not tried at each run, and it does not make the sync look clean."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.key == "p2"
    world.run()

    sent = []
    for hours in (0.5, 0.6, 5.5, 0.6):
        world.after(hours=hours)
        before = len(world.destination.batches)
        assert world.run().status == "done_with_rejects"
        sent.append(len(world.destination.batches) - before)

    assert sent == [0, 1, 0, 1]


def test_a_refused_row_that_changed_is_sent_at_once(world: World) -> None:
    """The new row may be better."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.fields.get("email") == "b@example.com"
    world.run()
    world.publish(PEOPLE | {"p2": "better@example.com"})

    report = world.run()

    assert (report.status, report.added) == ("done", 1)


def test_a_refused_removal_is_tried_again_later(world: World) -> None:
    """It has no digest of its own, and must not be sent at each run either."""
    world.publish(PEOPLE)
    world.run()
    world.destination.refuses = lambda operation: operation.op == "remove"
    world.publish({"p1": "a@example.com", "p2": "b@example.com"}, dict.fromkeys(PEOPLE, True))
    world.run()
    sent = len(world.destination.batches)
    world.run()
    assert len(world.destination.batches) == sent
    world.destination.refuses = lambda _: False
    world.after(hours=1)

    assert (world.run().removed, world.held()) == (1, {"p1", "p2"})


def test_when_the_refused_row_is_no_longer_wanted_the_sync_is_done(world: World) -> None:
    """The status follows the facts, also when nothing is sent."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.key == "p2"
    world.run()
    world.publish({"p1": "a@example.com", "p3": "c@example.com"})

    assert world.run().status == "done"
    (status,) = sync_status(world.settings, [world.declaration])
    assert (status.status, status.rejected) == ("done", 0)


def test_refused_reasons_are_counted_by_code(world: World) -> None:
    """Of those whose last attempt was refused, until they come through."""
    world.publish(PEOPLE)
    codes = {"p1": "INVALID_EMAIL", "p2": "GONE", "p3": "GONE"}
    world.destination.after_apply = lambda batch: BatchResult(
        Verdict.ANSWERED,
        {each.key: codes[each.key] for each in batch.operations if each.key in codes},
    )
    world.run()
    assert _reasons(world) == [("GONE", 2), ("INVALID_EMAIL", 1)]

    del codes["p2"]
    world.after(hours=2)
    world.run()

    assert _reasons(world) == [("GONE", 1), ("INVALID_EMAIL", 1)]
    codes.clear()
    world.after(hours=7)
    assert (world.run().status, _reasons(world)) == ("done", [])


def test_whoever_left_while_refused_is_no_reason_any_more(world: World) -> None:
    """Others are, and so is whoever could not be taken out."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.key != "p1"
    world.run()
    world.publish({"p1": "a@example.com", "p3": "c@example.com"}, dict.fromkeys(PEOPLE, True))
    assert (world.run().rejected, _reasons(world)) == (1, [("refused", 1)])
    assert sync_status(world.settings, [world.declaration])[0].rejected == 1

    world.destination.refuses = lambda operation: operation.op == "remove"
    world.publish({"p3": "c@example.com"}, dict.fromkeys(PEOPLE, True))
    world.after(hours=2)

    assert (world.run().rejected, _reasons(world)) == (1, [("refused", 1)])


def _reasons(world: World) -> list[tuple[str, int]]:
    (status,) = sync_status(world.settings, [world.declaration])
    return list(status.refused_reasons.items())
