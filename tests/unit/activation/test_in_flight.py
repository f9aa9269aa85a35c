"""Promises about several batches under way at once."""

import threading
import time
from dataclasses import dataclass, field

import pytest

from orchestration.activation import preparation
from orchestration.activation.batches import OpenBatch
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.activation.waves import Wave
from orchestration.errors import BusyError
from tests.unit.activation.world import FakeDestination, World

PEOPLE = {f"p{number:03}": f"{number}@example.com" for number in range(34)}


@dataclass
class WideDestination(FakeDestination):
    """Takes eight batches at once, and counts how many there are."""

    max_batch_size: int = 2
    max_in_flight: int = 8
    seconds: float = 0.02
    in_flight: int = 0
    widest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, batch: Batch) -> BatchResult:
        """Take a while."""
        with self.lock:
            self.in_flight += 1
            self.widest = max(self.widest, self.in_flight)
        time.sleep(self.seconds)
        with self.lock:
            self.in_flight -= 1
            return super().send(batch)


@pytest.fixture
def wide(world: World) -> World:
    """Return a company whose destination takes several batches at once."""
    world.destination = WideDestination()
    return world


def test_several_batches_are_under_way(wide: World) -> None:
    """As many as the destination takes, and each of them once."""
    wide.destination.seconds = 0.5
    wide.publish(PEOPLE)

    assert (wide.run().added, wide.destination.widest) == (34, 8)
    assert len(wide.destination.batches) == 17
    assert set(wide.destination.members) == set(PEOPLE) == wide.held()


def test_a_destination_that_says_nothing_gets_one_at_a_time(wide: World) -> None:
    """As before."""
    wide.destination.max_in_flight = 1
    wide.publish(dict(list(PEOPLE.items())[:10]))
    wide.run()

    assert wide.destination.widest == 1


def test_failures_among_them_are_taken_up_one_by_one(wide: World) -> None:
    """Every kind of them; the others are not sent again."""
    verdicts = {
        10: BatchResult(Verdict.AMBIGUOUS, error_code="timeout"),
        12: BatchResult(Verdict.ROWS, error_code="http_422"),
        14: BatchResult(Verdict.TOO_LARGE, error_code="http_413"),
        16: BatchResult(Verdict.RETRY, error_code="http_429", retry_after=9),
    }
    wide.destination.before_apply = lambda batch: verdicts.pop(batch.number, None)
    wide.publish(PEOPLE)

    report = wide.run()

    assert (report.status, report.added) == ("done", 34)
    assert 9 in wide.waits
    assert set(wide.destination.members) == set(PEOPLE)


def test_refused_credentials_stop_the_wave(wide: World) -> None:
    """What the others of it delivered stays delivered."""
    wide.destination.before_apply = lambda batch: (
        BatchResult(Verdict.AUTH, error_code="http_401") if batch.number == 9 else None
    )
    wide.publish(PEOPLE)

    report = wide.run()

    assert report.status == "failed"
    assert report.added == len(wide.destination.members) > 18
    wide.destination.before_apply = lambda _: None
    assert wide.run().status == "done"


@pytest.mark.parametrize("rows_ahead", [0, preparation.ROWS_AHEAD])
def test_a_withdrawal_reaches_what_is_rendered_while_others_are_under_way(
    wide: World, rows_ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next wave is ready before the last one is answered; then the consents are other ones."""
    monkeypatch.setattr(preparation, "ROWS_AHEAD", rows_ahead)
    wide.publish(PEOPLE)
    withdrawn = dict.fromkeys(PEOPLE, True) | {"p030": False, "p033": False}
    wide.destination.after_apply = lambda batch: (
        wide.consent(withdrawn) if batch.number == 4 else None
    )

    wide.run()

    assert set(wide.destination.members) == set(PEOPLE) - {"p030", "p033"} == wide.held()


def test_answers_are_kept_where_the_next_batches_cannot_be_read(
    wide: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading ahead may wait; what came of a batch is told once."""
    monkeypatch.setattr(preparation, "ROWS_AHEAD", 0)
    monkeypatch.setattr(preparation.Preparation, "read_ahead", _busy)
    wide.publish(PEOPLE)

    report = wide.run()

    assert (report.status, report.added, len(wide.destination.batches)) == ("done", 34, 17)


def _busy(*_: object) -> None:
    raise BusyError("Another process keeps the ledger.")


def test_whoever_leaves_has_left_before_anybody_comes(wide: World) -> None:
    """No wave holds both."""
    wide.settings = wide.settings.model_copy(update={"max_removed_share": 1.0})
    wide.publish(PEOPLE)
    wide.run()
    others = {f"q{number:03}": f"q{number}@example.com" for number in range(20)}
    wide.publish(others, dict.fromkeys([*PEOPLE, *others], True))
    wide.destination.batches.clear()

    wide.run()

    kinds = [_kind(batch.operations) for batch in wide.destination.batches]
    assert kinds == ["remove"] * 17 + ["upsert"] * 10


def test_eight_at_once_wait_a_sixth_as_often() -> None:
    """Of a hundred batches, from the slow start on."""
    wave, rounds = Wave(WideDestination()), 0
    batches = [OpenBatch(number, 2, [], has_removals=False) for number in range(100)]
    while batches:
        batches = batches[len(wave.next_of(batches)) :]
        wave.speed_up()
        rounds += 1

    assert rounds <= 100 / 6


def _kind(operations: tuple[Operation, ...]) -> str:
    (kind,) = {operation.op for operation in operations}
    return kind
