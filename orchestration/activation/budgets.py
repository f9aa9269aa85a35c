"""What an account at a vendor may be asked, shared by all syncs that go to it."""

import hashlib
import threading
import time
from collections.abc import Callable

# A wait to keep the pace is this long at most; a longer one is told, for the engine to decide.
LONGEST_PACING_SECONDS = 1.0

_budgets: dict[str, "RequestBudget"] = {}
_lock = threading.Lock()


class RequestBudget:
    """So many requests a second, and none at all while the vendor wants to be left alone."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap_seconds = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next_at = 0.0

    def take(self) -> float:
        """Wait for the turn of a request.

        Returns:
            0, or the seconds for which nothing may be asked: then it is not the turn.
        """
        with self._lock:
            now = self._clock()
            wait = max(0.0, self._next_at - now)
            if wait > LONGEST_PACING_SECONDS:
                return wait
            self._next_at = now + wait + self._gap_seconds
        if wait:
            self._sleep(wait)
        return 0.0

    def close_for(self, seconds: float) -> None:
        """Let nobody ask for some seconds, since one of us was told to wait."""
        with self._lock:
            self._next_at = max(self._next_at, self._clock() + seconds)


def new_budget(per_second: float) -> RequestBudget:
    """Return a budget that goes by the time of day; tests put another one in its place."""
    return RequestBudget(per_second)


def budget_of(url: str, secret: str, per_second: float) -> RequestBudget:
    """Return the budget of an account, the same one for every sync of this process."""
    account = hashlib.sha256(f"{url}\n{secret}".encode()).hexdigest()
    with _lock:
        return _budgets.setdefault(account, new_budget(per_second))
