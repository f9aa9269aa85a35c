"""Promises about destinations that take a batch in and work on it afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.protocol import Batch, BatchResult, Job, Verdict
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import FakeDestination, KilledError, World

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(4)}
WORKING = BatchResult(Verdict.ACCEPTED)
LOST = BatchResult(Verdict.LOST, error_code="job_failed")


@dataclass
class SlowDestination(FakeDestination):
    """Takes every batch in under its key, and does it when it is first looked at."""

    max_batch_size: int = 10
    mixes_operations: bool = False
    first_look_seconds: float = 0.0
    looks: list[Job] = field(default_factory=list)
    # What the next looks tell; then the work is done.
    reports: list[BatchResult] = field(default_factory=list)
    jobs: dict[str, Batch] = field(default_factory=dict)

    def send(self, batch: Batch) -> BatchResult:
        """Take the batch in."""
        self.batches.append(batch)
        self.jobs[batch.idempotency_key] = batch
        return BatchResult(Verdict.ACCEPTED, job=batch.idempotency_key)

    def poll(self, job: Job) -> BatchResult:
        """Do the work, unless something else is to be told."""
        self.looks.append(job)
        if self.reports:
            return self.reports.pop(0)
        return self.apply(self.jobs[job.name].operations)


@pytest.fixture
def slow(tmp_path: Path) -> World:
    """Return a company whose destination works on what it took in."""
    world = World(tmp_path)
    world.destination = SlowDestination()
    return world


def _withdraw_while_it_works(slow: World) -> None:
    """Hand everybody over, and let one of them withdraw before the work is looked at."""
    slow.publish(PEOPLE)
    slow.destination.first_look_seconds = 60 * 60
    slow.run()
    slow.consent(dict.fromkeys(PEOPLE, True) | {"p1": False})


def test_a_job_is_looked_at_until_it_is_done(slow: World) -> None:
    """Nobody counts as delivered before."""
    slow.publish(PEOPLE)
    slow.destination.reports = [WORKING, BatchResult(Verdict.RETRY), WORKING]

    report = slow.run()

    assert (report.status, report.added) == ("done", 4)
    assert (len(slow.destination.batches), len(slow.destination.looks)) == (1, 4)
    assert slow.held() == set(PEOPLE)


def test_a_job_that_takes_longer_leaves_the_run_open(slow: World) -> None:
    """The next run looks again, and sends nothing twice."""
    slow.publish(PEOPLE)
    slow.destination.first_look_seconds = 1800
    report = slow.run()
    assert (report.status, report.pending) == ("open", 4)
    assert not slow.destination.looks

    slow.after(minutes=31)
    report = slow.run()

    assert (report.status, report.added, len(slow.destination.batches)) == ("done", 4, 1)


def test_rows_that_a_job_refused_are_named(slow: World) -> None:
    """The others are delivered."""
    slow.publish(PEOPLE)
    slow.destination.refuses = lambda operation: operation.key == "p2"

    report = slow.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 3, 1)
    assert ("p2", "add", "rejected") in slow.outcomes()


def test_a_job_that_came_to_nothing_is_sent_again(slow: World) -> None:
    """The same batch, under the same key."""
    slow.publish(PEOPLE)
    slow.destination.reports = [LOST]

    assert slow.run().status == "done"
    keys = [batch.idempotency_key for batch in slow.destination.batches]
    assert (len(keys), len(set(keys))) == (2, 1)
    assert set(slow.destination.members) == set(PEOPLE)


def test_a_destination_that_loses_every_job_fails_the_run(slow: World) -> None:
    """It stays open for the next one."""
    slow.publish(PEOPLE)
    slow.destination.reports = [LOST, LOST]

    report = slow.run()

    assert (report.status, report.pending) == ("failed", 4)
    assert slow.run().status == "done"


def test_a_kill_while_a_job_runs_loses_nothing(slow: World) -> None:
    """The job is in the ledger."""
    slow.publish(PEOPLE)
    poll, slow.destination.poll = slow.destination.poll, _killed
    with pytest.raises(KilledError):
        slow.run()
    slow.destination.poll = poll

    assert (slow.run().status, len(slow.destination.batches)) == ("done", 1)


def test_a_withdrawal_while_a_job_runs_is_taken_back_at_once(slow: World) -> None:
    """And once more when the job is done: nobody promises the order of two jobs."""
    _withdraw_while_it_works(slow)

    slow.run()
    assert [(o.op, o.key) for o in slow.destination.batches[-1].operations] == [("remove", "p1")]

    slow.after(hours=2)
    batch_count = len(slow.destination.batches)
    slow.run()
    said_again = slow.destination.batches[batch_count:]
    assert [(o.op, o.key) for each in said_again for o in each.operations] == [("remove", "p1")]

    slow.after(hours=2)
    report = slow.run()
    assert (report.status, report.removed) == ("done", 1)
    assert set(slow.destination.members) == set(PEOPLE) - {"p1"} == slow.held()


@pytest.mark.parametrize("report", [BatchResult(Verdict.ANSWERED), LOST])
def test_a_removal_that_overtook_the_job_is_said_again(slow: World, report: BatchResult) -> None:
    """The destination found nobody to take out, and put everybody in thereafter."""
    _withdraw_while_it_works(slow)
    takes_in, slow.destination.send = slow.destination.send, _done_at_once(slow.destination)
    slow.run()
    slow.destination.send = takes_in
    slow.destination.first_look_seconds = 0
    if report.verdict == Verdict.LOST:
        slow.destination.apply(slow.destination.batches[0].operations)
        slow.destination.reports = [LOST]

    report = slow.run()

    assert (report.status, report.pending) == ("done", 0)
    assert set(slow.destination.members) == set(PEOPLE) - {"p1"} == slow.held()


def test_whoever_was_delivered_before_and_withdraws_does_not_wait_for_a_job(slow: World) -> None:
    """A vendor may work for a day on newcomers whom the withdrawal has nothing to do with."""
    slow.publish(PEOPLE)
    assert slow.run().status == "done"
    everybody = PEOPLE | {"p8": "8@example.com", "p9": "9@example.com"}
    slow.destination.first_look_seconds = 24 * 60 * 60
    slow.publish(everybody)
    assert slow.run().status == "open"
    staying = {key: email for key, email in everybody.items() if key not in {"p1", "p8"}}
    slow.publish(staying, dict.fromkeys(everybody, True) | {"p1": False, "p8": False})
    batch_count = len(slow.destination.batches)

    statuses = [slow.run().status for _ in range(3)]

    removals = slow.destination.batches[batch_count:]
    assert statuses == ["open"] * 3
    assert sorted((o.op, o.key) for each in removals for o in each.operations) == [
        ("remove", "p1"),
        ("remove", "p8"),
    ]
    slow.destination.first_look_seconds = 0
    assert slow.run().status == "done"
    assert set(slow.destination.members) == set(staying) == slow.held()
    assert broken_promises(slow) == []


def test_a_run_that_only_takes_out_ends_however_many_withdraw(slow: World) -> None:
    """Otherwise newcomers would wait for an hour in which nobody withdraws."""
    slow.publish(PEOPLE)
    slow.run()
    slow.destination.first_look_seconds = 90 * 60
    everybody = PEOPLE | {"p9": "9@example.com"}
    withdrawn: set[str] = set()
    for key, wanted in (("p0", PEOPLE), ("p1", everybody), ("p2", everybody)):
        withdrawn.add(key)
        staying = {each: email for each, email in wanted.items() if each not in withdrawn}
        slow.publish(staying, {each: each not in withdrawn for each in everybody})
        slow.run()
        slow.after(hours=1)

    sent = [(o.op, o.key) for each in slow.destination.batches for o in each.operations]
    assert sent[-3:] == [("remove", "p1"), ("remove", "p2"), ("upsert", "p9")]
    slow.after(hours=1)
    assert slow.run().status == "done"
    assert set(slow.destination.members) == set(staying) == slow.held()


def test_a_round_for_a_withdrawal_is_no_loss(slow: World) -> None:
    """A removal that came to nothing thereafter is the first one, and is sent once more."""
    _withdraw_while_it_works(slow)
    slow.run()
    slow.destination.first_look_seconds = 0
    slow.destination.reports = [BatchResult(Verdict.ANSWERED), BatchResult(Verdict.ANSWERED), LOST]

    report = slow.run()

    assert (report.status, report.reason) == ("done", None)
    assert slow.held() == set(PEOPLE) - {"p1"}


@pytest.mark.parametrize("is_seen", [False, True])
@pytest.mark.parametrize("mode", ["mirror", "upsert"])
def test_a_removal_is_said_again_though_the_declaration_changed(
    slow: World, mode: Mode, *, is_seen: bool
) -> None:
    """Its run is given up, and who withdrew meanwhile may be there all the same."""
    slow.declaration = slow.declaration.model_copy(update={"mode": mode})
    _withdraw_while_it_works(slow)
    takes_in, slow.destination.send = slow.destination.send, _done_at_once(slow.destination)
    slow.run()
    slow.destination.send = takes_in
    if is_seen:
        slow.after(hours=2)
        poll, slow.destination.poll = slow.destination.poll, _without_consents(slow)
        assert slow.run().status == "failed"
        slow.destination.poll = poll
        slow.consent(dict.fromkeys(PEOPLE, True) | {"p1": False})
    else:
        slow.destination.apply(slow.destination.batches[0].operations)
    slow.destination.first_look_seconds = 0
    slow.declaration = slow.declaration.model_copy(update={"description": "Changed.", "fields": ()})

    report = slow.run()

    assert report.status == "done"
    assert set(slow.destination.members) == set(PEOPLE) - {"p1"} == slow.held()


def test_removals_go_in_batches_of_their_own(slow: World) -> None:
    """Before everything else."""
    slow.publish(PEOPLE)
    slow.run()
    slow.publish({"p0": "new@example.com", "p9": "9@example.com"}, dict.fromkeys(PEOPLE, True))
    slow.settings = slow.settings.model_copy(update={"max_removed_share": 1.0})
    slow.consent({**dict.fromkeys(PEOPLE, True), "p9": True})

    assert slow.run().status == "done"
    sent = [{o.op for o in batch.operations} for batch in slow.destination.batches[1:]]
    assert sent == [{"remove"}, {"upsert"}]
    assert set(slow.destination.members) == {"p0", "p9"}


def _done_at_once(destination: SlowDestination) -> Callable[[Batch], BatchResult]:
    def send(batch: Batch) -> BatchResult:
        destination.batches.append(batch)
        return destination.apply(batch.operations)

    return send


@pytest.mark.parametrize(("hours", "is_endless"), [(2, False), (73, True)])
def test_a_run_is_given_up_when_its_jobs_are_done_or_never_will_be(
    slow: World, hours: int, *, is_endless: bool
) -> None:
    """A job that ends later would put in again whom the next run takes out."""
    slow.publish(PEOPLE)
    slow.destination.first_look_seconds = 60 * 60
    slow.run()
    slow.declaration = slow.declaration.model_copy(update={"description": "Changed.", "fields": ()})
    others = {key: email for key, email in PEOPLE.items() if key != "p1"}
    slow.publish(others, dict.fromkeys(PEOPLE, True))

    waiting = slow.run()
    slow.after(hours=hours)
    slow.destination.first_look_seconds = 0
    first, poll = slow.destination.batches[0].idempotency_key, slow.destination.poll
    slow.destination.poll = lambda job: WORKING if is_endless and job.name == first else poll(job)
    ended = slow.run()

    assert (waiting.status, waiting.pending) == ("open", 4)
    assert (waiting.reason or "").endswith("works on 1 batch")
    assert ended.status == "done"
    assert set(slow.destination.members) == set(others) == slow.held()


def test_a_job_whose_end_decides_nothing_is_not_looked_at_for_ever(slow: World) -> None:
    """A destination that says so again and again is unwell."""
    slow.publish(PEOPLE)
    slow.destination.reports = [BatchResult(Verdict.ROWS, error_code="odd")] * 50

    assert slow.run().status == "failed"


def _without_consents(slow: World) -> Callable[[Job], BatchResult]:
    poll = slow.destination.poll

    def look(job: Job) -> BatchResult:
        slow.settings.published_path.unlink()
        return poll(job)

    return look


def _killed(_: Job) -> BatchResult:
    raise KilledError


def test_whom_a_job_refuses_is_not_held(slow: World) -> None:
    """The waterfall would count them as delivered."""
    slow.destination.refuses = lambda operation: operation.key == "p3"
    slow.publish(PEOPLE)

    assert slow.run().rejected == 1
    assert slow.held() == set(PEOPLE) - {"p3"}


def test_the_account_of_a_job_is_what_its_pages_promise(slow: World) -> None:
    """The build tests it; where that failed, nothing was published any more, and nobody removed."""
    slow.destination.reports = [LOST]
    slow.destination.refuses = lambda operation: operation.key == "p3"
    slow.publish(PEOPLE)
    slow.run()

    assert {outcome for *_, outcome in slow.outcomes()} >= {"accepted", "acked", "unknown"}
    assert broken_promises(slow) == []
