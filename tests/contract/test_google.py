"""What goes to Google, and what its answers mean."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.google import answers, payload
from orchestration.activation.destinations.protocol import Verdict
from orchestration.activation.outbound import Answer
from tests.contract.conftest import DeliveredToVendor, delivering_to
from tests.contract.loopback import Request
from tests.contract.vendors.description import Description, described

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}
ROW = {"first_name": "Иван", "last_name": "Ёлкин", "postcode": " 94035-1234", "country": "us"}


@pytest.fixture
def google(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to Google."""
    yield from delivering_to("google", tmp_path)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (
            "email",
            "cloudy.sanfrancisco+shopping@gmail.com",
            "223ebda6f6889b1494551ba902d9d381daf2f642bae055888e96343d53e9f9c4",
        ),
        (
            "email",
            " user.name+NYC@Example.com ",
            "f109a2a632fbcea5fc82049f50beed3d8621bf9034399f437fb622222acccdac",
        ),
        (
            "phone",
            "+1 (800) 555-0100",
            "fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30",
        ),
        (
            "phone",
            "+7 999 555-11-11",
            "86cc60992d2e0fde2e5511d462b755057f8f5c6b259a1ff7c2eee2ea284eb113",
        ),
    ],
)
def test_keys_have_the_digests_of_google(kind: str, value: str, expected: str) -> None:
    """Vectors of the vendor's pages: dots and tags go at Gmail only, the plus of numbers stays."""
    identifier = json.loads(payload.match_key(kind, value) or "{}")

    assert list(identifier.values()) == [expected]


def test_a_place_is_not_hashed_and_a_name_is() -> None:
    """In the letters it is written in."""
    identifier = json.loads(payload.match_key("address", json.dumps(ROW)) or "{}")

    address = identifier["address"]
    assert (address["regionCode"], address["postalCode"]) == ("US", "94035-1234")
    assert address["givenName"] == (
        "74f46a588dd2b0d94ec4067f21fc7127c16ba0f1af96ece7a7ebfefe3ddedc92"
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "+x@gmail.com"),
        ("email", ""),
        ("phone", "8 999 555 11 11"),
        ("address", json.dumps(ROW | {"last_name": "!"})),
    ],
)
def test_what_is_no_key_is_not_sent(kind: str, value: str) -> None:
    """Nothing is ever hashed when it is empty."""
    assert payload.match_key(kind, value) is None


@pytest.mark.parametrize("names_places", [True, False], ids=["named", "counted"])
def test_refusals_are_named_where_google_names_them(
    google: DeliveredToVendor, names_places: bool
) -> None:
    """Otherwise nobody is more than taken in."""
    google.vendor.names_places = names_places
    google.vendor.refused = {PEOPLE["p1"]: "INVALID_FORMAT"}
    google.world.publish(PEOPLE)

    report = google.world.run()

    outcomes = {outcome for *_, outcome in google.world.outcomes()} - {"accepted"}
    expected = {"acked", "rejected"} if names_places else {"acked_unverified"}
    assert (report.rejected, outcomes) == (int(names_places), expected)


def test_of_a_request_that_failed_each_member_has_the_reason_that_google_names() -> None:
    """The most frequent one is for those whom it does not name."""
    failed = answers.ListStatus.model_validate(
        {
            "requestStatus": "FAILED",
            "errorInfo": {
                "errorCounts": [
                    {"reason": "PROCESSING_ERROR_REASON_INVALID_FORMAT", "recordCount": "2"},
                    {
                        "reason": "PROCESSING_ERROR_REASON_DENIED_CONSENT",
                        "recordCount": "1",
                        "recordIndices": [1],
                    },
                ]
            },
        }
    )

    assert failed.result(["p0", "p1", "p2"]).rejected == {
        "p0": "INVALID_FORMAT",
        "p1": "DENIED_CONSENT",
        "p2": "INVALID_FORMAT",
    }


def test_a_request_that_failed_for_a_passing_reason_is_sent_again(
    google: DeliveredToVendor,
) -> None:
    """Google's own fault is no member's."""
    google.vendor.refused = dict.fromkeys(PEOPLE.values(), "INTERNAL_ERROR")
    google.world.publish(PEOPLE)
    report = google.world.run()
    assert (report.status, report.rejected, report.pending) == ("failed", 0, 5)

    google.vendor.refused = {}
    assert google.world.run().status == "done"


def test_nobody_looks_before_half_an_hour(google: DeliveredToVendor) -> None:
    """The run ends, and a later one looks."""
    google.world.budget_seconds = 300
    google.world.publish(PEOPLE)

    report = google.world.run()

    assert (report.status, report.pending) == ("open", 5)
    assert not [each for each in google.vendor.requests if each.method == "GET"]
    google.world.after(minutes=31)
    google.vendor.first_statuses = []
    assert google.world.run().status == "done"


def test_whoever_withdraws_is_taken_out_twice_while_google_works_on_the_first_time(
    google: DeliveredToVendor,
) -> None:
    """It may have found nobody yet; the second request has each member once, and so the ledger."""
    google.world.budget_seconds = 300
    google.vendor.first_statuses = []
    google.world.publish(PEOPLE)
    assert google.world.run().status == "open"

    google.world.after(minutes=20)
    google.world.consent(dict.fromkeys(PEOPLE, True) | {"p1": False, "p2": False})
    assert google.world.run().status == "open"
    for minutes, status in ((11, "open"), (10, "open"), (31, "done")):
        google.world.after(minutes=minutes)
        assert google.world.run().status == status

    removals = [each for each in google.vendor.requests if each.path.endswith(":remove")]
    assert [len(each.document["audienceMembers"]) for each in removals] == [2, 2]
    assert google.is_exactly(PEOPLE.keys() - {"p1", "p2"})


def test_a_token_that_ended_is_renewed_once(google: DeliveredToVendor) -> None:
    """In the middle of a run, and without a failure."""
    google.world.destination.max_batch_size = 2
    google.world.publish(PEOPLE)
    vendor, reply = google.vendor, google.vendor.reply

    def reply_and_expire(request: Request) -> object:
        answer = reply(request)
        if request.path.endswith(":ingest") and len(vendor.statuses) == 1:
            vendor.token = "granted-2"
        return answer

    vendor.reply = reply_and_expire

    assert google.world.run().status == "done"
    assert len([each for each in vendor.requests if each.path == "/token"]) == 2


def test_terms_that_nobody_signed_stop_the_run() -> None:
    """They are about the account, and halving would find no member at fault."""
    error = {"error": {"details": [{"reason": "TERMS_AND_CONDITIONS_NOT_SIGNED"}]}}

    result = answers.refusal(Answer(400, json.dumps(error).encode(), None))

    assert (result.verdict, result.error_code) == (
        Verdict.MISCONFIGURED,
        "terms_and_conditions_not_signed",
    )


@described("google-datamanager.openapi.json")
@pytest.mark.parametrize(
    "wrong", [{"encoding": "hex"}, {"consent": {"adUserData": "GRANTED"}}, {"audience": []}]
)
def test_a_body_that_google_does_not_describe_is_noticed(wrong: dict[str, object]) -> None:
    """The other tests would be worth little without it."""
    body = json.dumps({"audienceMembers": [], "encoding": "HEX"} | wrong).encode()
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    request = Request("POST", "/v1/audienceMembers:ingest", {}, headers, body, 0.0)

    assert Description("google-datamanager.openapi.json").problems("http://a.example", request)


@pytest.mark.parametrize("token", ["ключ", "a\r\nx-evil: 1", "", " ", "\ud800"])
def test_a_token_that_no_header_can_carry_is_none(token: str, google: DeliveredToVendor) -> None:
    """Nothing is sent with it, and the next run asks for another."""
    granted, google.vendor.token = google.vendor.token, token
    google.world.budget_seconds = 0
    google.world.publish(PEOPLE)

    report = google.world.run()

    assert (report.status, report.added) == ("open", 0)
    assert "token_unreadable_answer" in report.reason
    google.vendor.token = granted
    google.world.budget_seconds = 10**6
    assert google.world.run().status == "done"
