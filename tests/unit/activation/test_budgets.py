"""Promises about the pace at which an account is asked."""

from dataclasses import dataclass

from orchestration.activation.budgets import RequestBudget, budget_of


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


def test_requests_keep_the_pace() -> None:
    """The first one goes at once."""
    clock = Clock()
    budget = RequestBudget(4, clock.now, clock.sleep)

    assert [budget.take() for _ in range(9)] == [0.0] * 9
    assert clock.seconds == 2.0


def test_a_pause_is_not_saved_up() -> None:
    """Whoever asked for nothing for a while gets no burst for it."""
    clock = Clock()
    budget = RequestBudget(4, clock.now, clock.sleep)
    budget.take()
    clock.sleep(60)
    for _ in range(5):
        budget.take()

    assert clock.seconds == 61.0


def test_nobody_asks_while_the_vendor_wants_to_be_left_alone() -> None:
    """Another sync of the account is told how long, and does not wait inside a request."""
    clock = Clock()
    budget = RequestBudget(4, clock.now, clock.sleep)
    budget.close_for(30)

    assert budget.take() == 30
    assert clock.seconds == 0
    clock.sleep(30)
    assert budget.take() == 0


def test_an_account_has_one_budget() -> None:
    """Two syncs that go there share it; another key is another account."""
    first = budget_of("https://a.example", "key", 5)

    assert budget_of("https://a.example", "key", 5) is first
    assert budget_of("https://a.example", "other", 5) is not first
