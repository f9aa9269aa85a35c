"""The engine: sends what a run has open, and stops where going on would do harm."""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace

from orchestration.activation.attempts import NOTHING_TO_SEND, Attempt, Look
from orchestration.activation.batches import OpenBatch, OpenJob, Parcel, Part
from orchestration.activation.budgets import OWN_PACE
from orchestration.activation.destinations.protocol import (
    BatchResult,
    Destination,
    Polls,
    Verdict,
    WorksOnOne,
)
from orchestration.activation.journal import Journal
from orchestration.activation.retries import MAX_ATTEMPTS, Patience
from orchestration.activation.waves import Wave

MAX_FAILURES_IN_A_ROW = 5
# A job that comes to nothing is sent once more in a run; then its destination is unwell.
MAX_ROUNDS = 2
MAX_LOOKS = 30

# A refused batch is halved down to the rows that cause it. When more than this share and this
# number of its rows are refused one by one, the mapping is at fault, not the rows; the number is
# enough as long as the run has brought in nobody.
HOPELESS_SHARE = 0.2
HOPELESS_ROWS = 10

# Verdicts that hold for every batch: going on would change nothing.
FINAL = {
    Verdict.AUTH: "refused the credentials",
    Verdict.MISCONFIGURED: "does not know what it was asked for",
}


class RunStoppedError(Exception):
    """The run cannot go on now; the next start takes it up."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class _TroubledJobError(Exception):
    """A job left something to send, which goes before anything else."""


class Delivery:
    """Delivers the open batches of one run, in their order."""

    def __init__(
        self,
        journal: Journal,
        destination: Destination,
        patience: Patience,
        on_settled: Callable[[int, int], None],
    ) -> None:
        self._journal = journal
        self._destination = destination
        self._patience = patience
        self._on_settled = on_settled
        self._size_limit = destination.max_batch_size
        self._wave = Wave(destination)
        self._failures_in_a_row = 0
        self._accepted_rows = 0
        self._refused_in_a_row = 0
        self._last_failure: str | None = None
        # Of this round, at jobs that had to end before anything more was sent.
        self._early_looks: list[Look] = []
        # What a destination asked for at the last attempt of a batch, before the next may go.
        self._owed_wait = 0.0

    def deliver(self) -> None:
        """Send until nothing is open.

        Raises:
            RunStoppedError: something stays open; the ledger knows how far it came.
        """
        try:
            with closing(self._wave):
                self._deliver_all()
        finally:
            self._journal.flush()

    def end_jobs(self) -> None:
        """Learn how the jobs of a run end that sends nothing more.

        Raises:
            RunStoppedError: one is not done yet, or cannot be looked at.
        """
        try:
            with closing(self._wave):
                self._settle_jobs()
        finally:
            self._journal.flush()

    def _deliver_all(self) -> None:
        self._journal.recover(self._destination)
        self._journal.remind(self._destination)
        rounds = 0
        while rounds < MAX_ROUNDS:
            self._early_looks = []
            with suppress(_TroubledJobError):
                self._deliver_open()
            looks = [*self._early_looks, *self._settle_jobs()]
            if self._last_failure:
                raise RunStoppedError("failed", self._last_failure)
            if all(look.is_final for look in looks):
                return
            # Another round for the sake of a withdrawal is nobody's failure.
            rounds += not all(look.is_answered for look in looks)
        raise RunStoppedError("failed", "the destination lost a batch again")

    def _deliver_open(self) -> None:
        batches = self._journal.open_batches()
        total = sum(batch.row_count for batch in batches)
        settled = 0

        while batches:
            wave = self._wave.next_of(batches)
            if len(wave) > 1:
                self._deliver_wave(wave, self._wave.after_next(batches))
            else:
                self._deliver_batch(wave[0])
            batches = batches[len(wave) :]
            settled += sum(batch.row_count for batch in wave)
            self._on_settled(settled, total)

    def _deliver_wave(self, wave: list[OpenBatch], following: list[OpenBatch]) -> None:
        """Send batches at once; those that do not go through are taken up one by one."""
        parts = [Part(batch.batch_no) for batch in wave]
        sent = [parcel for parcel in self._journal.prepare(parts, self._destination) if parcel]
        results = self._wave.send(
            [parcel.batch for parcel in sent],
            lambda: self._journal.render_ahead(following, self._destination),
        )
        self._journal.settle(zip(sent, results, strict=True))
        attempts = [Attempt(*pair) for pair in zip(sent, results, strict=True)]

        left_over = []
        for attempt in attempts:
            if attempt.result.verdict in FINAL:
                reason = FINAL[attempt.result.verdict]
                raise RunStoppedError("failed", _told(attempt.result, reason))
            if attempt.is_done:
                self._note_answer(attempt)
            else:
                left_over.append(attempt)
        if left_over:
            self._take_up(wave, left_over)

    def _take_up(self, wave: list[OpenBatch], left_over: list[Attempt]) -> None:
        self._wave.slow_down()
        longest = max(left_over, key=lambda attempt: attempt.retry_after or 0.0)
        wait = longest.retry_after or 0.0
        if not self._patience.pause(wait):
            raise self._put_off(_failure(longest.result), wait)
        numbers = {attempt.parcel.part.batch_no for attempt in left_over if attempt.parcel}
        for batch in wave:
            if batch.batch_no in numbers:
                self._deliver_batch(batch)

    def _deliver_batch(self, batch: OpenBatch) -> None:
        refused_rows = 0
        accepted_before, failures_before = self._accepted_rows, self._failures_in_a_row
        parts = list(reversed(batch.parts))

        while parts:
            part = parts.pop()
            if smaller := self._cut_to_size(part):
                parts += reversed(smaller)
                continue

            attempt = self._send(part)
            result, parcel = attempt.result, attempt.parcel
            if parcel is None or result.verdict in {Verdict.ANSWERED, Verdict.ACCEPTED}:
                self._note_answer(attempt)
                parts += [part] if parcel and parcel.leaves_rest else []
            elif result.verdict in FINAL:
                raise RunStoppedError("failed", _told(result, FINAL[result.verdict]))
            elif result.is_retriable:
                self._note_failure(result)
            elif len(parcel.ordinals) == 1 or self._is_hopeless(refused_rows, batch):
                refused_rows += len(parcel.ordinals)
                self._journal.refuse(parcel, result.error_code)
                self._note_refusal(result, refused_rows)
            else:
                parts += reversed(self._halves(part, parcel, result))

        is_counted = self._failures_in_a_row > failures_before
        if refused_rows and self._accepted_rows == accepted_before and not is_counted:
            self._count_failure("the destination refused every row one by one")

    def _cut_to_size(self, part: Part) -> tuple[Part, Part] | None:
        """Cut a part that is larger than what the destination has shown to take."""
        if self._size_limit == self._destination.max_batch_size:
            return None
        ordinals = self._journal.open_ordinals(part)
        if len(ordinals) <= self._size_limit:
            return None
        return self._journal.cut(part, ordinals[self._size_limit])

    def _halves(self, part: Part, parcel: Parcel, result: BatchResult) -> tuple[Part, Part]:
        middle = len(parcel.ordinals) // 2
        if result.verdict == Verdict.TOO_LARGE:
            self._size_limit = min(self._size_limit, middle)
        return self._journal.cut(part, parcel.ordinals[middle])

    def _settle_jobs(self) -> list[Look]:
        """Look at what the destination works on.

        Raises:
            RunStoppedError: a job is not done yet.
        """
        jobs = self._journal.open_jobs()
        looks = [self._look_until_done(job) for job in jobs]
        waiting = sum(look.is_retriable for look in looks)
        if waiting and not self._last_failure:
            batches = "1 batch" if waiting == 1 else f"{waiting} batches"
            raise RunStoppedError("open", f"the destination works on {batches}")
        return looks

    def _look_until_done(self, job: OpenJob) -> Look:
        waits = self._first_waits(job)
        look: Look = self._patience.retrying(MAX_LOOKS)(self._look, job, waits)
        verdict = look.result.verdict
        if verdict in FINAL:
            raise RunStoppedError("failed", _told(look.result, FINAL[verdict]))
        if verdict not in {Verdict.ANSWERED, Verdict.LOST}:
            return look
        is_overtaken = self._journal.settle_job(job, look.result)
        return replace(look, is_final=verdict == Verdict.ANSWERED and not is_overtaken)

    def _first_waits(self, job: OpenJob) -> list[float]:
        if not isinstance(self._destination, Polls):
            return []
        left = self._destination.first_look_seconds - self._journal.seconds_since(job.accepted_at)
        return [left] if left > 0 else []

    def _look(self, job: OpenJob, waits: list[float]) -> Look:
        if not isinstance(self._destination, Polls):
            return Look(BatchResult(Verdict.LOST, error_code="no_look"))
        if waits:
            return Look(BatchResult(Verdict.ACCEPTED, retry_after=waits.pop()))
        return Look(self._destination.poll(job.job))

    def _send(self, part: Part) -> Attempt:
        self._keep_away()
        if isinstance(self._destination, WorksOnOne):
            self._end_job(part)
        # A destination that seems dead is asked once per batch, not with all patience again.
        attempts = 1 if self._failures_in_a_row else MAX_ATTEMPTS
        outcome: Attempt = self._patience.retrying(attempts)(self._attempt, part)
        return outcome

    def _end_job(self, part: Part) -> None:
        """Learn how the last job ended, while the destination can still tell.

        Whoever withdrew while it worked leaves with the part.

        Raises:
            _TroubledJobError: the job is to be sent again, before anything else.
        """
        self._journal.set_aside(part, self._destination)
        looks = self._settle_jobs()
        self._early_looks += looks
        if not all(look.is_final for look in looks):
            raise _TroubledJobError

    def _keep_away(self) -> None:
        wait, self._owed_wait = self._owed_wait, 0.0
        if wait and not self._patience.pause(wait):
            raise self._put_off(self._last_failure or "the destination asks to wait", wait)

    def _put_off(self, reason: str, wait: float | None) -> RunStoppedError:
        """Return what ends a run that would have to wait for longer than it may."""
        when = f"from {self._journal.moment_in(wait)} on" if wait else "later"
        return RunStoppedError("open", f"{reason} and is to be asked {when}")

    def _attempt(self, part: Part) -> Attempt:
        (parcel,) = self._journal.prepare([part], self._destination)
        if parcel is None:
            return NOTHING_TO_SEND
        result = self._destination.send(parcel.batch)
        self._journal.settle([(parcel, result)])
        return Attempt(parcel, result)

    def _note_answer(self, attempt: Attempt) -> None:
        if attempt.parcel is None:
            return
        row_count = len(attempt.parcel.ordinals)
        if accepted := row_count - len(attempt.result.rejected):
            self._accepted_rows += accepted
            self._failures_in_a_row = self._refused_in_a_row = 0
            self._wave.speed_up()
            return
        self._refused_in_a_row += row_count
        # Where a batch is one row, as in a mail, a few bad ones in a row say nothing of the rest.
        if row_count > 1 or self._refused_in_a_row > HOPELESS_ROWS:
            self._count_failure(_told(attempt.result, "refused every row"))

    def _note_refusal(self, result: BatchResult, refused_rows: int) -> None:
        """Stop before a destination that takes nothing is asked about every single row."""
        is_all_too_large = result.verdict == Verdict.TOO_LARGE
        if is_all_too_large or (not self._accepted_rows and refused_rows > HOPELESS_ROWS):
            self._count_failure(_told(result, "refused row after row"))

    def _is_hopeless(self, refused_rows: int, batch: OpenBatch) -> bool:
        share = HOPELESS_SHARE * batch.row_count if self._accepted_rows else 0
        return refused_rows > max(HOPELESS_ROWS, share)

    def _note_failure(self, result: BatchResult) -> None:
        reason = _failure(result)
        if self._patience.is_spent:
            raise self._put_off(reason, result.retry_after)
        self._last_failure = reason
        self._owed_wait = result.retry_after or 0.0
        self._count_failure(reason)

    def _count_failure(self, reason: str) -> None:
        self._wave.slow_down()
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= MAX_FAILURES_IN_A_ROW:
            raise RunStoppedError("failed", f"{reason}, {self._failures_in_a_row} batches in a row")


def _failure(result: BatchResult) -> str:
    if (result.error_code or "").endswith(OWN_PACE):
        return _told(result, "is asked at the pace of its account")
    return _told(result, "asks to wait" if result.retry_after else "gave no usable answer")


def _told(result: BatchResult, what: str) -> str:
    code = result.error_code or "no code"
    return f"the destination {what} ({code})"
