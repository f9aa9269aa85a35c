"""What goes to HubSpot, and what its answers mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.hubspot import answers, payload
from orchestration.activation.destinations.protocol import Operation
from tests.contract.conftest import DeliveredToVendor, delivering_to
from tests.contract.loopback import Request, status
from tests.contract.vendors.description import Description, described
from tests.unit.activation.world import KilledError

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


@pytest.fixture
def hubspot(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to HubSpot."""
    yield from delivering_to("hubspot", tmp_path)


def test_every_value_is_text_under_the_name_of_its_property() -> None:
    """HubSpot has no numbers; a blank clears."""
    row = {"email": "a@example.com", "first_name": "Ёлка", "last_name": None, "vip": True, "n": 1.5}

    (document,) = payload.upsert([Operation("upsert", "p1", row)])["inputs"]

    assert document["id"] == "a@example.com"
    assert document["properties"] == {
        "email": "a@example.com",
        "firstname": "Ёлка",
        "lastname": "",
        "vip": "true",
        "n": "1.5",
    }


@pytest.mark.parametrize("names_traces", [True, False], ids=["by trace", "by halving"])
def test_refusals_beside_a_success_are_found(
    hubspot: DeliveredToVendor, names_traces: bool
) -> None:
    """207: the others are delivered, also where HubSpot does not say which one it means."""
    hubspot.vendor.names_traces = names_traces
    hubspot.vendor.refused = {PEOPLE["p1"]: "VALIDATION_ERROR"}
    hubspot.world.publish(PEOPLE)

    report = hubspot.world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 4, 1)
    assert hubspot.members() == set(PEOPLE) - {"p1"}


def test_a_person_without_address_is_refused_by_us(hubspot: DeliveredToVendor) -> None:
    """HubSpot could not tell whom it is about."""
    hubspot.world.publish(PEOPLE | {"p9": ""})

    report = hubspot.world.run()

    assert (report.added, report.rejected) == (5, 1)
    assert ("p9", "add", "rejected") in hubspot.world.outcomes()


def test_a_record_that_is_gone_counts_as_refused(hubspot: DeliveredToVendor) -> None:
    """A contact that somebody deletes at that moment is on no list."""
    hubspot.world.publish(PEOPLE)
    reply = hubspot.vendor.change
    hubspot.vendor.change = lambda *change: (
        hubspot.vendor.records.pop(PEOPLE["p1"]) and reply(*change)
    )

    report = hubspot.world.run()

    assert (report.added, report.rejected) == (4, 1)


def test_whoever_was_put_in_without_an_answer_is_found_by_address(
    hubspot: DeliveredToVendor,
) -> None:
    """The record id never came back, and consent is gone meanwhile."""
    hubspot.world.publish(PEOPLE)
    send = hubspot.world.destination.send

    def killed(batch: object) -> None:
        send(batch)
        hubspot.world.destination.send = send
        raise KilledError

    hubspot.world.destination.send = killed
    with pytest.raises(KilledError):
        hubspot.world.run()
    hubspot.world.consent(dict.fromkeys(PEOPLE, False))

    assert hubspot.world.run().removed == 5
    assert hubspot.members() == set()


def test_a_locked_list_is_tried_again(hubspot: DeliveredToVendor) -> None:
    """423: somebody else changes it at this moment."""
    hubspot.vendor.faults = [None, status(423)]
    hubspot.world.publish(PEOPLE)

    assert hubspot.world.run().status == "done"
    assert hubspot.is_exactly(PEOPLE)


def test_a_trace_that_is_no_place_names_nobody() -> None:
    """Python reads no number of five thousand digits."""
    problem = {"category": "X", "context": {"objectWriteTraceId": ["9" * 5000, "-1", "x", "0"]}}
    contacts = answers.Contacts.model_validate({"results": [], "errors": [problem]})

    assert contacts.refusals([Operation("upsert", "p1")]) == {"p1": "X"}


@described("hubspot-contacts.sdk-derived.json")
def test_a_body_that_hubspot_does_not_describe_is_noticed() -> None:
    """The other tests would be worth little without it."""
    body = b'{"inputs": [{"id": "x", "properties": {"n": 1}}]}'
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    request = Request("POST", "/crm/v3/objects/contacts/batch/upsert", {}, headers, body, 0.0)

    assert Description("hubspot-contacts.sdk-derived.json").problems("http://a.example", request)
