"""What goes to Klaviyo, and what its answers mean."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from orchestration.activation.destinations.klaviyo import answers, payload
from orchestration.activation.destinations.protocol import Operation
from tests.contract.conftest import DeliveredToVendor, delivering_to
from tests.contract.loopback import Request, status
from tests.contract.vendors.description import Description, described

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


@pytest.fixture
def klaviyo(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to Klaviyo."""
    yield from delivering_to("klaviyo", tmp_path)


def test_columns_have_their_places_in_a_profile() -> None:
    """Blanks clear names, and never an identifier; what has no place is a property."""
    row = {
        "email": "анна@example.com",
        "phone": None,
        "first_name": "Анна",
        "last_name": None,
        "city": "Zürich",
        "postcode": "8001",
        "rfm": 5,
    }

    document = payload.import_job("L1", [Operation("upsert", "p1", row)])

    (profile,) = document["data"]["attributes"]["profiles"]["data"]
    assert profile["attributes"] == {
        "external_id": "p1",
        "email": "анна@example.com",
        "first_name": "Анна",
        "last_name": None,
        "location": {"city": "Zürich", "zip": "8001"},
        "properties": {"rfm": 5},
    }


def test_refusals_are_read_from_every_page(klaviyo: DeliveredToVendor) -> None:
    """The reason is kept as a code; the sentence beside it quotes the address."""
    klaviyo.vendor.refused = {PEOPLE["p1"]: "invalid_email", PEOPLE["p3"]: "duplicate_profile"}
    klaviyo.world.publish(PEOPLE)

    report = klaviyo.world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 3, 2)
    assert klaviyo.members() == set(PEOPLE) - {"p1", "p3"}


def test_whom_an_unanswered_import_puts_in_after_the_removal_leaves_too(
    klaviyo: DeliveredToVendor,
) -> None:
    """It has no name to ask for, and may be hours late."""
    world, vendor = klaviyo.world, klaviyo.vendor
    vendor.faults = [status(500, applied=True), *[status(500)] * 9]
    world.publish(PEOPLE)
    assert world.run().status == "failed"
    vendor.faults = []
    others = {key: email for key, email in PEOPLE.items() if key != "p1"}
    world.publish(others, dict.fromkeys(PEOPLE, True) | {"p1": False})
    assert world.run().status == "done"
    world.after(hours=2)
    vendor.import_all()
    assert (world.run().removed, klaviyo.members()) == (0, set(PEOPLE))

    world.after(hours=24)

    assert (world.run().removed, klaviyo.members()) == (1, set(others))
    assert world.held() == set(others)


def test_profiles_are_found_on_every_page(klaviyo: DeliveredToVendor) -> None:
    """Whoever is on the second page leaves too, however short the first one is."""
    klaviyo.world.publish(PEOPLE)
    klaviyo.world.run()
    klaviyo.vendor.page_size = 2
    klaviyo.world.publish({"p0": PEOPLE["p0"]}, dict.fromkeys(PEOPLE, True))

    assert (klaviyo.world.run().removed, klaviyo.members()) == (4, {"p0"})


def test_pages_that_go_round_in_circles_are_left(klaviyo: DeliveredToVendor) -> None:
    """Nobody counts as removed, and the run has an end."""
    klaviyo.world.publish(PEOPLE)
    klaviyo.world.run()
    klaviyo.vendor.page_size = 0
    klaviyo.world.publish({"p0": PEOPLE["p0"]}, dict.fromkeys(PEOPLE, True))

    assert (klaviyo.world.run().status, klaviyo.world.held()) == ("failed", set(PEOPLE))


def test_a_cancelled_import_is_sent_again(klaviyo: DeliveredToVendor) -> None:
    """None of its rows counts."""
    klaviyo.vendor.job_status = "cancelled"
    klaviyo.world.publish(PEOPLE)
    report = klaviyo.world.run()
    assert (report.status, report.added, report.pending) == ("failed", 0, 5)

    klaviyo.vendor.job_status = "complete"
    assert klaviyo.world.run().status == "done"


def test_an_import_that_expired_is_sent_again(klaviyo: DeliveredToVendor) -> None:
    """A job that Klaviyo does not know any more tells nothing."""
    klaviyo.vendor.queued_looks = 10**6
    klaviyo.world.budget_seconds = 3
    klaviyo.world.publish(PEOPLE)
    assert klaviyo.world.run().status == "open"

    klaviyo.vendor.jobs.clear()
    klaviyo.vendor.queued_looks = 0
    klaviyo.world.budget_seconds = 1000

    assert klaviyo.world.run().status == "done"
    assert klaviyo.is_exactly(PEOPLE)


def test_more_than_a_page_of_people_can_be_taken_off(klaviyo: DeliveredToVendor) -> None:
    """Ids are asked for page by page."""
    people = {f"p{number}": f"{number}@example.com" for number in range(250)}
    klaviyo.world.settings = klaviyo.world.settings.model_copy(update={"max_removed_share": 1.0})
    klaviyo.world.publish(people)
    klaviyo.world.run()
    klaviyo.world.publish(dict(list(people.items())[:1]))

    assert klaviyo.world.run().removed == 249
    assert klaviyo.members() == {"p0"}


@pytest.mark.parametrize("link", ["http://[", "elsewhere", "https://a.example/?page=2"])
def test_a_next_page_that_cannot_be_asked_for_is_not_the_end(link: str) -> None:
    """Whoever is on it would stay on the list."""
    with pytest.raises(ValidationError):
        answers.Profiles.model_validate({"data": [], "links": {"next": link}})


@described("klaviyo.openapi.json")
@pytest.mark.parametrize(
    "profile",
    [{"type": "profile"}, {"type": "profile", "attributes": {"e_mail": "x"}}, {"attributes": {}}],
    ids=["no attributes", "a misspelt field", "no type"],
)
def test_a_body_that_klaviyo_does_not_describe_is_noticed(profile: dict[str, object]) -> None:
    """The other tests would be worth little without it."""
    document = payload.import_job("L1", [])
    document["data"]["attributes"]["profiles"]["data"] = [profile]
    headers = {
        "authorization": "Klaviyo-API-Key x",
        "content-type": "application/vnd.api+json",
        "revision": "2026-07-15",
    }
    body = json.dumps(document).encode()
    request = Request("POST", "/api/profile-bulk-import-jobs", {}, headers, body, 0.0)

    assert Description("klaviyo.openapi.json").problems("http://a.example", request)
