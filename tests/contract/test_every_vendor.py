"""What every vendor's protocol promises, whatever the network and the vendor do."""

from contextlib import closing
from random import Random

import pytest

from orchestration.activation.destinations.protocol import BatchResult, Verdict
from tests.contract.conftest import DeliveredToVendor
from tests.contract.loopback import (
    Fault,
    body,
    cut_off,
    drip,
    reset,
    retry_date,
    silence,
    status,
)
from tests.contract.vendors.vendor import LANDED_HOURS, TOKEN
from tests.unit.activation.world import KilledError

PEOPLE = {f"p{number:02}": f"{number}@example.com" for number in range(12)}

SEED = 1

PASSING_FAULTS: list[Fault] = [
    status(429, retry_after="1"),
    status(500),
    status(500, applied=True),
    retry_date(503, 2),
    silence(applied=False),
    silence(applied=True),
    reset(applied=False),
    reset(applied=True),
    body(200, b'{"cut": [{"off": "'),
    body(200, b"<html>ok</html>"),
    drip,
    *(
        cut_off(is_reset=is_reset, framing=framing)
        for is_reset, framing in [(True, "length"), (False, "chunks"), (False, "close")]
    ),
    *map(status, (408, 421, 423, 499, 520, 529)),
    status(302, location="http://127.0.0.1:1/"),
]


def test_passing_faults_leave_no_trace(to_vendor: DeliveredToVendor) -> None:
    """Batch for batch, whatever was done before the answer was lost; then all of it undone."""
    world, vendor = to_vendor.world, to_vendor.vendor
    world.destination.max_batch_size = 3
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    chance = Random(SEED)

    for people in (PEOPLE, dict(list(PEOPLE.items())[:5])):
        world.publish(people, dict.fromkeys(PEOPLE, True))
        vendor.faults = _scattered(PASSING_FAULTS, chance)
        statuses = [world.run().status for _ in range(6) if not _is_done(to_vendor, people)]
        vendor.faults = []
        assert world.run().status == "done", statuses
        assert to_vendor.is_exactly(people), f"seed {SEED}"
        world.after(hours=LANDED_HOURS)

    before = len(vendor.requests)
    world.run()
    assert len(vendor.requests) == before


def test_an_answer_that_breaks_off_confirms_nothing(
    to_vendor: DeliveredToVendor,
) -> None:
    """Each request in turn: what was asked for is asked for again, under the same key."""
    world, vendor = to_vendor.world, to_vendor.vendor
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    broken = cut_off(is_reset=False, framing="length")
    sent, send = [], world.destination.send
    world.destination.send = lambda batch: sent.append(batch.idempotency_key) or send(batch)

    for people in (PEOPLE, {"p01": PEOPLE["p01"]}):
        world.publish(people, dict.fromkeys(PEOPLE, True))
        vendor.faults = [broken, None, broken, None, None, broken]
        sent.clear()
        statuses = [world.run().status for _ in range(4) if not _is_done(to_vendor, people)]
        assert statuses[-1] == "done"
        assert to_vendor.is_exactly(people)
        world.after(hours=LANDED_HOURS)
        assert len(sent) > 1 == len(set(sent))


def test_nothing_is_sent_before_the_vendor_said(to_vendor: DeliveredToVendor) -> None:
    """The wait is as long as it was told, and not a request comes in between."""
    to_vendor.vendor.faults = [status(429, retry_after="7"), retry_date(503, 60)]
    to_vendor.world.publish(PEOPLE)

    assert to_vendor.world.run().status == "done"
    told = [wait for wait in to_vendor.world.waits if wait > 4]
    assert pytest.approx([7, 60], abs=1) == told[:2]


def test_an_answer_from_somebody_else_confirms_nothing(to_vendor: DeliveredToVendor) -> None:
    """A portal's page, or nothing at all, where the vendor would have said what it did."""
    world, vendor = to_vendor.world, to_vendor.vendor
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    strange = [*map(_not_applied, [b"", b"<html>ok</html>", b"{}", b'{"errors": "some"}'])]

    for people in (PEOPLE, {"p01": PEOPLE["p01"]}):
        world.publish(people, dict.fromkeys(PEOPLE, True))
        for place in range(3):
            vendor.faults = [*[None] * place, *strange]
            world.run()
        vendor.faults = []
        assert world.run().status == "done"
        assert to_vendor.is_exactly(people)
        world.after(hours=LANDED_HOURS)


def test_refused_credentials_stop_the_run(to_vendor: DeliveredToVendor) -> None:
    """Nothing else is tried, and the next run goes on."""
    to_vendor.vendor.faults = [status(401)] * 20
    to_vendor.world.publish(PEOPLE)

    report = to_vendor.world.run()

    assert (report.status, report.added, report.pending) == ("failed", 0, len(PEOPLE))
    to_vendor.vendor.faults = []
    assert to_vendor.world.run().status == "done"
    assert to_vendor.is_exactly(PEOPLE)


def test_what_is_no_fault_of_a_row_stops_the_run(to_vendor: DeliveredToVendor) -> None:
    """A list that is gone, an account that is closed: no row is refused for it."""
    to_vendor.world.publish(PEOPLE)
    to_vendor.vendor.faults = [None] * to_vendor.vendor.preliminaries

    for code in (402, 404, 451):
        to_vendor.vendor.faults.append(status(code))
        report = to_vendor.world.run()
        assert (report.status, report.added, report.rejected) == ("failed", 0, 0), code

    assert to_vendor.world.run().status == "done"


def test_a_batch_that_is_too_large_is_halved(to_vendor: DeliveredToVendor) -> None:
    """Everything arrives all the same."""
    if to_vendor.world.destination.max_batch_size == 1:
        return
    to_vendor.vendor.faults = [*[None] * to_vendor.vendor.preliminaries, status(413)]
    to_vendor.world.publish(PEOPLE)

    assert to_vendor.world.run().status == "done"
    assert to_vendor.is_exactly(PEOPLE)


def test_no_secret_and_no_address_gets_into_the_ledger(to_vendor: DeliveredToVendor) -> None:
    """Not in plain, and not in an error."""
    to_vendor.vendor.faults = [status(500), body(400, b'{"error": "0@example.com"}')]
    to_vendor.world.publish(PEOPLE)
    report = to_vendor.world.run()

    kept = to_vendor.world.settings.ledger_path.read_bytes()
    for needle in (TOKEN, *PEOPLE.values()):
        assert needle.encode() not in kept
        assert needle not in str(report)


def test_a_dead_vendor_says_so(to_vendor: DeliveredToVendor) -> None:
    """No answer at all: nothing is counted, and the verdict is to try again."""
    destination = to_vendor.world.destination
    to_vendor.world.publish(PEOPLE)
    to_vendor.vendor.faults = [reset(applied=False)] * 100
    seen = []
    send = destination.send
    destination.send = lambda batch: seen.append(send(batch).verdict) or send(batch)

    report = to_vendor.world.run()

    assert (report.status, report.added) == ("failed", 0)
    assert set(seen) <= {Verdict.AMBIGUOUS, Verdict.RETRY}


@pytest.mark.parametrize("batch_size", [1, 12], ids=["in two batches", "in one batch"])
@pytest.mark.parametrize(
    "moves", [{"p01": "p02", "p02": "p01"}, {"p01": "p02"}, {"p02": "p01"}], ids=str
)
@pytest.mark.parametrize("to_vendor", ["hubspot", "klaviyo", "mailchimp"], indirect=True)
def test_an_address_that_passes_to_another_person_stays(
    to_vendor: DeliveredToVendor, moves: dict[str, str], batch_size: int
) -> None:
    """Whoever had it before goes without it, in whatever order the two are told."""
    world = to_vendor.world
    world.destination.max_batch_size = batch_size
    world.publish(PEOPLE)
    world.run()
    moved = dict.fromkeys(moves.values(), "new@example.com") | {
        key: PEOPLE[former] for key, former in moves.items()
    }
    world.publish(PEOPLE | moved)

    assert world.run().status == "done"
    assert to_vendor.is_exactly(PEOPLE)


@pytest.mark.parametrize("to_vendor", ["hubspot", "mailchimp"], indirect=True)
def test_an_address_that_passed_before_a_kill_stays(to_vendor: DeliveredToVendor) -> None:
    """Another process goes on with whoever had it before, and knows who was put in already."""
    world = to_vendor.world
    world.destination.max_batch_size = world.destination.max_in_flight = 1
    world.publish(PEOPLE)
    world.run()
    world.publish(PEOPLE | {"p01": PEOPLE["p02"], "p02": PEOPLE["p01"]})
    sent, send = [], world.destination.send
    world.destination.send = lambda batch: _killed() if sent else sent.append(batch) or send(batch)
    with pytest.raises(KilledError):
        world.run()

    with closing(to_vendor.vendor.destination(world.settings)) as world.destination:
        world.destination.max_batch_size = 1
        assert world.run().status == "done"

    assert to_vendor.is_exactly(PEOPLE)


@pytest.mark.parametrize("to_vendor", ["hubspot", "mailchimp"], indirect=True)
def test_one_of_two_people_with_one_address_may_leave(to_vendor: DeliveredToVendor) -> None:
    """The record is the other one's too: it tells of them, and leaves with the last of both."""
    world, address = to_vendor.world, "both@example.com"
    both = {"p1": address, "p2": address}
    everybody = dict.fromkeys(["p1", "p2", "p9"], True)

    for people, updated, is_there in (
        (both, 0, True),
        ({"p2": address}, 1, True),
        (both, 0, True),
        ({"p1": "another@example.com", "p2": address}, 1, True),
        ({"p1": "another@example.com"}, 0, False),
    ):
        world.publish(people | {"p9": "9@example.com"}, everybody)
        report = world.run()
        assert (report.status, report.updated) == ("done", updated)
        assert world.held() == {*people, "p9"}
        assert (address in to_vendor.vendor.members()) == is_there


def _not_applied(content: bytes) -> Fault:
    return body(200, content, applied=False)


@pytest.mark.parametrize("to_vendor", ["hubspot", "mailchimp"], indirect=True)
def test_whoever_changed_the_address_with_trouble_leaves(to_vendor: DeliveredToVendor) -> None:
    """The record that was told at last is the one to take out, not that of an earlier attempt."""
    world, vendor = to_vendor.world, to_vendor.vendor
    for people, faults in (
        (PEOPLE, []),
        ({key: f"new-{email}" for key, email in PEOPLE.items()}, [reset(applied=True)] * 3),
        ({"p01": "new-1@example.com"}, []),
    ):
        world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
        world.publish(people, dict.fromkeys(PEOPLE, True))
        vendor.faults = faults
        assert world.run().status == "done"

    assert to_vendor.is_exactly({"p01"})


@pytest.mark.parametrize("to_vendor", ["hubspot", "mailchimp"], indirect=True)
@pytest.mark.parametrize("new", ["new@example.com", PEOPLE["p02"]])
@pytest.mark.parametrize("is_repeated", [False, True])
def test_whoever_withdraws_between_two_addresses_leaves_both(
    new: str, to_vendor: DeliveredToVendor, *, is_repeated: bool
) -> None:
    """The new one was put in without an answer; where it is another person's, that one stays."""
    world, vendor = to_vendor.world, to_vendor.vendor
    world.publish(PEOPLE)
    world.run()
    world.publish(PEOPLE | {"p01": new})
    send = world.destination.send
    world.destination.send = lambda batch: send(batch) and _killed()
    with pytest.raises(KilledError):
        world.run()
    world.destination.send = send
    assert new in vendor.members()
    world.consent(dict.fromkeys(PEOPLE, True) | {"p01": False})
    vendor.faults = [reset(applied=False)] if is_repeated else []

    world.run()

    assert vendor.members() == {PEOPLE[key] for key in PEOPLE.keys() - {"p01"}}


def _killed() -> BatchResult:
    raise KilledError


def _is_done(delivered: DeliveredToVendor, people: dict[str, str]) -> bool:
    return delivered.is_exactly(people) and not delivered.vendor.faults


def _scattered(faults: list[Fault], chance: Random) -> list[Fault | None]:
    """Return the faults in any order, with undisturbed requests between them."""
    plan: list[Fault | None] = []
    for fault in chance.sample(faults, len(faults)):
        plan += [fault, *[None] * chance.randint(0, 2)]
    return plan
