"""Promises about the pace at which an account is asked."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.activation.budgets import LONGEST_PAUSE_SECONDS, RequestBudget, budget_of


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    seconds: float = 0.0

    def now(self) -> float:
        """Return the time."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.seconds += seconds


def test_requests_keep_the_pace(tmp_path: Path) -> None:
    """The first one goes at once."""
    clock = Clock()
    budget = RequestBudget(4, tmp_path / "pause", clock.now, clock.sleep, clock.now)

    assert [budget.take() for _ in range(9)] == [0.0] * 9
    assert clock.seconds == 2.0


def test_a_pause_is_not_saved_up(tmp_path: Path) -> None:
    """Whoever asked for nothing for a while gets no burst for it."""
    clock = Clock()
    budget = RequestBudget(4, tmp_path / "pause", clock.now, clock.sleep, clock.now)
    budget.take()
    clock.sleep(60)
    for _ in range(5):
        budget.take()

    assert clock.seconds == 61.0


def test_nobody_asks_while_the_vendor_wants_to_be_left_alone(tmp_path: Path) -> None:
    """Another sync of the account is told how long, and does not wait inside a request."""
    clock = Clock()
    budget = RequestBudget(4, tmp_path / "pause", clock.now, clock.sleep, clock.now)
    budget.close_for(30)

    assert budget.take() == 30
    assert clock.seconds == 0
    clock.sleep(30)
    assert budget.take() == 0


def test_an_account_has_one_budget(tmp_path: Path) -> None:
    """Two syncs that go there share it; another key is another account."""
    first = budget_of(tmp_path, "https://a.example", "key", 5)

    assert budget_of(tmp_path, "https://a.example", "key", 5) is first
    assert budget_of(tmp_path, "https://a.example", "other", 5) is not first


def test_what_is_left_of_a_wait_costs_no_attempt(tmp_path: Path) -> None:
    """The clocks of a wait and of its note differ by a hair."""
    clock = Clock()
    budget = RequestBudget(4, tmp_path / "pause", clock.now, clock.sleep, clock.now)
    budget.close_for(30)
    clock.sleep(29.9)

    assert budget.take() == 0
    assert clock.seconds == 30


def test_a_shorter_wait_does_not_end_a_longer_one(tmp_path: Path) -> None:
    """Two requests were under way, and each was told its own."""
    clock = Clock()
    budget = RequestBudget(4, tmp_path / "pause", clock.now, clock.sleep, clock.now)
    budget.close_for(30)
    budget.close_for(1)

    assert budget.take() == 30


@pytest.mark.parametrize("content", [b"", b"soon", b"nan", b"\xff"])
def test_a_broken_note_keeps_nobody_waiting(content: bytes, tmp_path: Path) -> None:
    """It is asked, and told anew."""
    clock, pause = Clock(), tmp_path / "pause"
    pause.write_bytes(content)
    budget = RequestBudget(4, pause, clock.now, clock.sleep, clock.now)

    assert budget.take() == 0
    budget.close_for(5)
    assert budget.take() == 5


def test_a_wait_that_cannot_be_noted_holds_in_this_process(tmp_path: Path) -> None:
    """A file is in the way of the folder; what was answered must be journalled all the same."""
    clock, in_the_way = Clock(), tmp_path / "pauses"
    in_the_way.touch()
    budget = RequestBudget(4, in_the_way / "account", clock.now, clock.sleep, clock.now)

    budget.close_for(30)

    assert budget.take() == 30


def test_a_clock_that_was_put_back_keeps_nobody_waiting_for_years(tmp_path: Path) -> None:
    """By a moment it still waits, since so long a wait can be meant."""
    clock, pause = Clock(10.0**9), tmp_path / "pause"
    RequestBudget(4, pause, clock.now, clock.sleep, clock.now).close_for(LONGEST_PAUSE_SECONDS)
    taken = []
    for seconds in (1.0, 10.0**8):
        clock.seconds -= seconds
        taken.append(RequestBudget(4, pause, clock.now, clock.sleep, clock.now).take())

    assert taken == [LONGEST_PAUSE_SECONDS + 1, 0]
