"""Promises about what is written when: little while all goes well, all of it when it does not."""

import pytest

from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.activation.ledger import Ledger
from tests.unit.activation.world import KilledError, World

PEOPLE = {f"p{number:02}": f"{number}@example.com" for number in range(20)}


def test_a_batch_costs_one_commit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What became of one batch is written with what the next one needs."""
    sessions = _counted_sessions(monkeypatch)
    counts = []
    for size in (20, 2):
        world.destination.max_batch_size = size
        world.publish({f"{key}{size}": email for key, email in PEOPLE.items()})
        world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
        before = len(sessions)
        assert world.run().status == "done"
        counts.append(len(sessions) - before)

    # The second run removes 20 people in 10 batches, and adds 20 in 10 others.
    assert counts[1] - counts[0] == 20 - 1


def test_consents_are_read_once_per_published_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And once more, before the next batch, when it is replaced."""
    sessions = _counted_sessions(monkeypatch)
    world.publish(PEOPLE)
    world.destination.after_apply = lambda batch: (
        world.consent(dict.fromkeys(PEOPLE, True)) if batch.number == 3 else None
    )
    world.run()

    assert sum("reading consents" in work for work in sessions) == 2


def test_after_a_kill_only_the_batch_in_flight_is_sent_twice(world: World) -> None:
    """Under the same key, which the destination knows."""
    world.publish(PEOPLE)
    world.destination.before_apply = lambda batch: _killed() if batch.number == 3 else None
    with pytest.raises(KilledError):
        world.run()
    world.destination.before_apply = lambda _: None

    report = world.run()

    keys = [batch.idempotency_key for batch in world.destination.batches]
    assert (report.status, report.added) == ("done", 20)
    assert set(world.destination.members) == world.held() == set(PEOPLE)
    assert len(keys) - len(set(keys)) == 1


def test_an_answer_that_asks_for_time_is_written_before_the_wait(world: World) -> None:
    """Whoever looks meanwhile sees what came."""
    seen: list[int] = []

    class Waits(list[float]):
        def append(self, _: float) -> None:
            seen.append(len(world.outcomes()))

    world.waits = Waits()
    world.publish(PEOPLE)
    world.destination.max_batch_size = 20
    world.destination.before_apply = _once(BatchResult(Verdict.AMBIGUOUS, error_code="timeout"))
    world.run()

    assert seen == [20]


def _counted_sessions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sessions: list[str] = []
    session = Ledger.session
    monkeypatch.setattr(
        Ledger,
        "session",
        lambda ledger, work, **files: sessions.append(work) or session(ledger, work, **files),
    )
    return sessions


def _killed() -> None:
    raise KilledError


def _once(result: BatchResult):  # noqa: ANN202 - a fault for `before_apply`
    answers = iter([result])

    def fault(_: Batch) -> BatchResult | None:
        return next(answers, None)

    return fault
