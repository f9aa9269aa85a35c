"""What goes to Mailchimp, and what its answers mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.mailchimp import Connection, Target, answers, payload
from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.errors import UsageError
from tests.contract.conftest import DeliveredToVendor, delivering_to
from tests.contract.loopback import body, status

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


@pytest.fixture
def mailchimp(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to Mailchimp."""
    yield from delivering_to("mailchimp", tmp_path)


def test_columns_become_merge_fields() -> None:
    """Blank ones too, which clear what is there; and nobody's status is touched."""
    row = {"email": "Anna@Example.com", "first_name": "Анна", "last_name": None, "tier": "gold"}

    member = payload.member(Target(list_id="l", tag="t"), Operation("upsert", "p1", row))

    assert member == {
        "email_address": "anna@example.com",
        "status_if_new": "subscribed",
        "merge_fields": {"FNAME": "Анна", "LNAME": "", "TIER": "gold"},
    }


def test_whoever_unsubscribed_stays_so(mailchimp: DeliveredToVendor) -> None:
    """The tag comes, a subscription does not."""
    hashed = payload.subscriber(PEOPLE["p1"])
    mailchimp.vendor.people[hashed] = {"status": "unsubscribed", "merge_fields": {}}
    mailchimp.world.publish(PEOPLE)

    assert mailchimp.world.run().status == "done"
    assert mailchimp.vendor.people[hashed]["status"] == "unsubscribed"


def test_nothing_of_whoever_had_the_address_stays(mailchimp: DeliveredToVendor) -> None:
    """What is not known of its new owner is nobody's."""
    for key, city in (("p1", "Kazan"), ("p2", None)):
        operations = [Operation("upsert", key, {"email": PEOPLE["p1"], "city": city})]
        batch = Batch("people", key, 1, key, operations, b"")
        assert mailchimp.world.destination.send(batch).verdict == Verdict.ANSWERED

    member = mailchimp.vendor.people[payload.subscriber(PEOPLE["p1"])]
    assert member["merge_fields"] == {"CITY": ""}


def test_a_refused_member_does_not_stop_the_others(mailchimp: DeliveredToVendor) -> None:
    """The title is the reason; the detail quotes the address and is not kept."""
    mailchimp.vendor.refused = {PEOPLE["p1"]: "Member In Compliance State"}
    mailchimp.world.publish(PEOPLE)

    report = mailchimp.world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 4, 1)
    assert mailchimp.members() == set(PEOPLE) - {"p1"}


@pytest.mark.parametrize(("former", "taker"), [("p0", "p1"), ("p1", "p0")])
def test_an_address_whose_next_holder_gets_no_tag_is_left_all_the_same(
    mailchimp: DeliveredToVendor, former: str, taker: str
) -> None:
    """Nobody would answer for the tag that the former holder leaves behind."""
    mailchimp.world.publish({former: "1@example.com", taker: "2@example.com"})
    mailchimp.world.run()
    mailchimp.vendor.untaggable = {"1@example.com"}
    mailchimp.world.publish({former: "3@example.com", taker: "1@example.com"})

    assert mailchimp.world.run().status == "done_with_rejects"
    assert mailchimp.vendor.members() == {"3@example.com"}


def test_a_title_that_quotes_the_address_is_no_code() -> None:
    """Spelt as a word it could still be read."""
    assert answers.Problem(title="Member In Compliance State").code == "member_in_compliance_state"
    assert answers.Problem(title="anna@example.com is bad").code == "refused"


def test_a_member_that_is_gone_counts_as_removed(mailchimp: DeliveredToVendor) -> None:
    """It carries no tag any more."""
    mailchimp.world.publish(PEOPLE)
    mailchimp.world.run()
    hashed = payload.subscriber(PEOPLE["p1"])
    mailchimp.vendor.people.pop(hashed)
    mailchimp.vendor.tagged.discard(hashed)
    mailchimp.world.publish({key: PEOPLE[key] for key in ("p0", "p2", "p3", "p4")})

    report = mailchimp.world.run()

    assert (report.status, report.removed) == ("done", 1)


def test_being_turned_away_is_not_being_refused(mailchimp: DeliveredToVendor) -> None:
    """403 with a page instead of a reason: too many at once; with a reason: no permission."""
    mailchimp.vendor.faults = [body(403, b"<html>", applied=False)]
    mailchimp.world.publish(PEOPLE)
    assert mailchimp.world.run().status == "done"

    mailchimp.vendor.faults = [body(403, b'{"title": "Forbidden"}', applied=False)]
    mailchimp.world.publish(PEOPLE | {"p9": "9@example.com"})
    assert mailchimp.world.run().status == "failed"


def test_a_crowd_is_asked_to_wait(mailchimp: DeliveredToVendor) -> None:
    """429 in the middle of a batch repeats it; that changes nothing."""
    mailchimp.vendor.faults = [None, None, None, status(429)]
    mailchimp.world.publish(PEOPLE)

    assert mailchimp.world.run().status == "done"
    assert mailchimp.is_exactly(PEOPLE)


def test_whoever_was_done_before_a_stop_can_still_withdraw(mailchimp: DeliveredToVendor) -> None:
    """Credentials refused in the middle of a batch do not hide what was done before."""
    mailchimp.vendor.faults = [None] * 4 + [status(401)] * 20
    mailchimp.world.publish(PEOPLE)
    assert mailchimp.world.run().status == "failed"
    assert mailchimp.members() == {"p0", "p1"}

    mailchimp.vendor.faults = []
    mailchimp.world.consent(dict.fromkeys(PEOPLE, True) | {"p0": False})

    mailchimp.world.run()
    assert mailchimp.members() == set(PEOPLE) - {"p0"}


def test_the_key_tells_the_data_centre() -> None:
    """Unless an address is set; a key without one is told without quoting it."""
    assert Connection(token="abc-us21").address() == "https://us21.api.mailchimp.com/3.0"
    with pytest.raises(UsageError, match="ONEFOLD_MAILCHIMP_TOKEN") as caught:
        Connection(token="secretkey-../x").address()
    assert "secretkey" not in str(caught.value)


def test_who_leaves_an_archiving_sync_is_archived(mailchimp: DeliveredToVendor) -> None:
    """Whoever withdraws too; without the tag alone, they could still be written to."""
    world = mailchimp.world
    world.declaration = world.declaration.model_copy(update={"mode": "archive"})
    world.publish(PEOPLE)
    world.run()
    world.publish({"p1": PEOPLE["p1"]}, dict.fromkeys(PEOPLE, True) | {"p2": False})

    assert world.run().status == "done"
    assert {each["email_address"] for each in mailchimp.vendor.people.values()} == {PEOPLE["p1"]}
