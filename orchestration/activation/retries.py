"""How often, how long and when at last no more."""

import random
import time
from collections.abc import Callable
from typing import Protocol

from tenacity import RetryCallState, Retrying, retry_if_result

MAX_ATTEMPTS = 6
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0


class Attempted(Protocol):
    """The outcome of an attempt, as far as waiting is concerned."""

    @property
    def is_retriable(self) -> bool:
        """Return whether the next attempt may end differently."""

    @property
    def retry_after(self) -> float | None:
        """Return how long the other side asked to be left alone."""


class Patience:
    """Exponential waits with full jitter, within the time that a whole run may wait.

    Full jitter (any wait between nothing and the ceiling) keeps many clients that failed
    together from coming back together.
    """

    def __init__(
        self,
        budget_seconds: float,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._left_seconds = budget_seconds
        self._sleep = sleep
        self._chance = chance
        self.is_spent = False

    def retrying(self, max_attempts: int = MAX_ATTEMPTS) -> Retrying:
        """Return a caller that repeats an attempt and in the end returns the last outcome."""
        return Retrying(
            retry=retry_if_result(_is_retriable),
            wait=self._wait,
            stop=lambda state: self._is_over(state, max_attempts),
            sleep=self._rest,
            retry_error_callback=_last_outcome,
        )

    def pause(self, seconds: float) -> bool:
        """Wait once, if the time that is left allows it; return whether it did."""
        if seconds > self._left_seconds:
            self.is_spent = True
            return False
        self._rest(seconds)
        return True

    def _wait(self, state: RetryCallState) -> float:
        asked = _outcome(state).retry_after
        if asked is not None:
            return asked
        ceiling = FIRST_WAIT_SECONDS * 2.0 ** (state.attempt_number - 1)
        return self._chance() * min(ceiling, LONGEST_WAIT_SECONDS)

    def _is_over(self, state: RetryCallState, max_attempts: int) -> bool:
        # Checked first: a wait that the destination asked for outlasts this run even where it
        # follows the last attempt, since the next batch would go to the same account.
        if state.upcoming_sleep > self._left_seconds:
            self.is_spent = True
            return True
        return state.attempt_number >= max_attempts

    def _rest(self, seconds: float) -> None:
        self._left_seconds -= seconds
        self._sleep(seconds)


def _outcome(state: RetryCallState) -> Attempted:
    if state.outcome is None:
        raise AssertionError
    outcome: Attempted = state.outcome.result()
    return outcome


def _is_retriable(outcome: Attempted) -> bool:
    return outcome.is_retriable


def _last_outcome(state: RetryCallState) -> Attempted:
    return _outcome(state)
