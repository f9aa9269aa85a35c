"""What an account at a vendor may be asked, shared by all syncs that go to it."""

import hashlib
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from orchestration.home import OWNER_ONLY

# A wait to keep the pace is this long at most; a longer one is told, for the engine to decide.
LONGEST_PACING_SECONDS = 1.0
# Nobody means more, and nobody who does is to silence an account for good.
LONGEST_PAUSE_SECONDS = 24 * 3600.0
GUESS_COST = 100_000
# Codes of a request that did not get its turn: for its own pace, or since the vendor said so.
OWN_PACE = "own_pace"
TOLD_TO_WAIT = "account_waits"

_budgets: dict[Path, "RequestBudget"] = {}
_lock = threading.Lock()


class RequestBudget:
    """So many requests a second, and none at all while the vendor wants to be left alone.

    Until when that is stands in a file, since it holds for other processes and later runs too.
    """

    def __init__(
        self,
        per_second: float,
        pause: Path,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._gap_seconds = 1 / per_second
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._wall_clock = wall_clock
        self._lock = threading.Lock()
        self._next_at = 0.0
        self._paused_until = 0.0

    def take(self) -> float:
        """Wait for the turn of a request.

        Returns:
            0, or the seconds for which nothing may be asked: then it is not the turn.
        """
        with self._lock:
            now = self._clock()
            wait = max(0.0, self._next_at - now, self._pause_left())
            if wait > LONGEST_PACING_SECONDS:
                return wait
            self._next_at = now + wait + self._gap_seconds
        if wait:
            self._sleep(wait)
        return 0.0

    @property
    def is_paused(self) -> bool:
        """Whether the vendor wants to be left alone; if not, a wait is for the pace alone."""
        return self._pause_left() > 0

    def close_for(self, seconds: float) -> None:
        """Let nobody ask for some seconds, since one of us was told to wait."""
        with self._lock:
            self._paused_until = self._wall_clock() + max(self._pause_left(), seconds)
            # Where it cannot be written, it holds for this process.
            with suppress(OSError):
                self._write(repr(self._paused_until))

    def _write(self, text: str) -> None:
        self._pause.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=self._pause.parent, delete=False) as draft:
            draft.write(text)
        Path(draft.name).replace(self._pause)

    def _pause_left(self) -> float:
        """Return the seconds that are left; a file that is missing or broken tells of none."""
        try:
            noted = float(self._pause.read_bytes())
        except (OSError, ValueError):
            noted = 0.0
        left = max(self._paused_until, noted) - self._wall_clock()
        # Much longer than anything that is ever noted: then the clock was put back.
        return left if 0 < left <= 2 * LONGEST_PAUSE_SECONDS else 0.0


def new_budget(per_second: float, pause: Path) -> RequestBudget:
    """Return a budget that goes by the time of day; tests put another one in its place."""
    return RequestBudget(per_second, pause)


def budget_of(pauses: Path, url: str, secret: str, per_second: float) -> RequestBudget:
    """Return the budget of an account, the same one for every sync of this process.

    Args:
        pauses: Folder with a file for each account that wants to be left alone.
        url: Where the account is.
        secret: What opens it.
        per_second: Requests that the vendor takes.
    """
    # Slow on purpose: the name of a file must not help to guess a secret.
    key, place = secret.encode(errors="surrogateescape"), url.encode()
    account = hashlib.pbkdf2_hmac("sha256", key, place, GUESS_COST, dklen=16)
    with _lock:
        pause = pauses / account.hex()
        return _budgets.setdefault(pause, new_budget(per_second, pause))
