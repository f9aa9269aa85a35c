"""Promises about jobs that a destination began without saying so: they may end after a removal."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from orchestration.activation import checkpoints
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Operation,
    Verdict,
)
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import FakeDestination, KilledError, World

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(4)}
OTHERS = {key: email for key, email in PEOPLE.items() if key != "p1"}
CONSENTS = dict.fromkeys(PEOPLE, True)
LOST = BatchResult(Verdict.AMBIGUOUS, error_code="timeout")


@dataclass
class LateDestination(FakeDestination):
    """Removes at once; an addition whose answer is lost may land hours later, or never."""

    max_batch_size: int = 10
    mixes_operations: bool = False
    lands_within_hours: float = 24.0
    loses_answers: bool = False
    late: list[Operation] = field(default_factory=list)

    def send(self, batch: Batch) -> BatchResult:
        """Put additions off without a word, while answers are lost."""
        if self.loses_answers and not batch.is_removal:
            self.batches.append(batch)
            self.late += batch.operations
            return LOST
        return super().send(batch)

    def land(self, chance: Random | None = None) -> None:
        """Do what was put off, or some of it."""
        waiting, self.late = self.late, []
        for operation in waiting:
            if chance is None or chance.random() < 0.5:
                self.apply([operation])
            else:
                self.late.append(operation)

    def removals(self) -> list[str]:
        """Return whom removals named, in their order."""
        return [o.key for batch in self.batches for o in batch.operations if o.op == "remove"]


@pytest.fixture
def late(tmp_path: Path) -> World:
    """Return a company whose destination works on what it did not answer."""
    world = World(tmp_path)
    world.destination = LateDestination()
    world.publish(PEOPLE)
    return world


def _lose_the_answer(late: World) -> None:
    late.destination.loses_answers = True
    assert late.run().status == "failed"
    late.destination.loses_answers = False


def _kill_before_the_answer(late: World) -> None:
    def send(batch: Batch) -> BatchResult:
        late.destination.late += batch.operations
        raise KilledError

    with patch.object(late.destination, "send", send), pytest.raises(KilledError):
        late.run()


def _withdraw(late: World) -> None:
    late.publish(OTHERS, CONSENTS | {"p1": False})


@pytest.mark.parametrize("is_checkpointed", [False, True])
@pytest.mark.parametrize("is_killed", [False, True])
def test_a_removal_before_an_unanswered_addition_landed_is_said_once_more(
    late: World, *, is_killed: bool, is_checkpointed: bool
) -> None:
    """Once it can land no more, and not before; then whoever withdrew has left for good."""
    (_kill_before_the_answer if is_killed else _lose_the_answer)(late)
    late.after(minutes=10)
    _withdraw(late)
    with patch.object(checkpoints, "RUNS_PER_CHECKPOINT", 1 if is_checkpointed else 50):
        assert late.run().status == "done"
    told = late.destination.removals()
    assert "p1" in told
    assert "p1" in late.held()

    late.after(hours=2)
    late.destination.land()
    assert late.run().status == "done"
    late.after(hours=24)
    report = late.run()

    assert (report.status, report.removed) == ("done", 1)
    assert set(late.destination.members) == late.held() == set(OTHERS)
    late.after(days=2)
    report = late.run()
    assert (report.removed, broken_promises(late)) == (0, [])


def test_what_waits_to_be_said_again_keeps_nobody_waiting(late: World) -> None:
    """No run stays open for it, newcomers go out meanwhile, and it is not said run by run."""
    _lose_the_answer(late)
    _withdraw(late)
    late.run()
    late.after(hours=1)
    late.publish(OTHERS | {"p9": "9@example.com"}, CONSENTS | {"p1": False, "p9": True})

    reports = [late.run() for _ in range(3)]

    assert [report.status for report in reports] == ["done"] * 3
    assert [report.added for report in reports] == [1, 0, 0]
    assert late.destination.removals() == ["p1"]


def test_an_addition_that_went_well_later_does_not_hide_the_unanswered_one(late: World) -> None:
    """The attempt that was lost may land all the same."""
    _lose_the_answer(late)
    assert late.run().status == "done"
    late.after(hours=3)
    _withdraw(late)
    assert late.run().removed == 1
    late.destination.land()

    late.after(hours=22)
    late.run()

    assert set(late.destination.members) == late.held() == set(OTHERS)


def test_a_removal_after_the_last_moment_counts_at_once(late: World) -> None:
    """Nothing can follow it."""
    _lose_the_answer(late)
    late.run()
    late.after(hours=24)
    _withdraw(late)

    assert late.run().removed == 1
    assert late.held() == set(OTHERS)


def test_whoever_comes_back_meanwhile_is_put_in_and_stays(late: World) -> None:
    """The removal is not said again behind their back."""
    _lose_the_answer(late)
    _withdraw(late)
    late.run()
    late.publish(PEOPLE)
    late.run()
    late.after(days=2)

    assert late.run().removed == 0
    assert set(late.destination.members) == late.held() == set(PEOPLE)


@pytest.mark.parametrize("runs_per_checkpoint", [1, 50])
def test_what_was_approved_once_needs_no_approval_to_be_said_again(
    late: World, monkeypatch: pytest.MonkeyPatch, runs_per_checkpoint: int
) -> None:
    """Leavers are removed once more like those who withdrew."""
    monkeypatch.setattr(checkpoints, "RUNS_PER_CHECKPOINT", runs_per_checkpoint)
    _lose_the_answer(late)
    late.run()
    late.settings = late.settings.model_copy(
        update={"max_removed_rows": 0, "max_removed_share": 1.0}
    )
    late.publish({"p0": PEOPLE["p0"]}, CONSENTS)
    assert late.run().removed == 3
    late.settings = late.settings.model_copy(update={"max_removed_share": 0.2})
    late.destination.land()
    late.after(days=1)

    report = late.run()

    assert (report.status, report.removed) == ("done", 3)
    assert set(late.destination.members) == late.held() == {"p0"}


@pytest.mark.parametrize("runs_per_checkpoint", [1, 50])
def test_the_mode_delete_says_again_what_it_says_once(
    late: World, monkeypatch: pytest.MonkeyPatch, runs_per_checkpoint: int
) -> None:
    """It takes out whom another mode had put in without an answer."""
    monkeypatch.setattr(checkpoints, "RUNS_PER_CHECKPOINT", runs_per_checkpoint)
    _lose_the_answer(late)
    late.run()
    late.declaration = late.declaration.model_copy(update={"mode": "delete"})
    assert late.run().removed == len(PEOPLE)
    late.destination.land()
    counts = [late.run().removed]
    for _ in range(2):
        late.after(days=1)
        counts.append(late.run().removed)

    assert counts == [0, len(PEOPLE), 0]
    assert late.destination.members == {}


@pytest.mark.parametrize("seed", range(8))
def test_whoever_is_not_wanted_is_not_there_in_the_end(late: World, seed: int) -> None:
    """Answers are lost, people withdraw and come back, and what was begun lands when it likes."""
    chance = Random(seed)
    with patch.object(checkpoints, "RUNS_PER_CHECKPOINT", 2):
        for _ in range(6):
            late.destination.loses_answers = chance.random() < 0.6
            late.run()
            late.after(hours=chance.choice([0, 1, 3]))
            late.destination.land(chance)
            wanted = {key: email for key, email in PEOPLE.items() if chance.random() < 0.5}
            late.publish(wanted, {key: key in wanted for key in PEOPLE})
        late.destination.loses_answers = False
        late.run()
        late.destination.land()
        late.after(hours=24)
        late.run()

    assert set(late.destination.members) == late.held() == set(wanted)
    assert broken_promises(late) == []
