"""What goes to Meta, and what its answers mean."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.meta import answers, payload
from orchestration.activation.destinations.protocol import Operation, Verdict
from orchestration.activation.outbound import Answer
from tests.contract.conftest import DeliveredToVendor, delivering_to
from tests.contract.loopback import body

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}
ROW = {
    "first_name": "Иван",
    "last_name": "O'Neil",
    "postcode": "94035-1234",
    "city": "San Francisco",
    "country": "US",
}


@pytest.fixture
def meta(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to Meta."""
    yield from delivering_to("meta", tmp_path)


def test_members_that_did_not_arrive_are_sent_again(meta: DeliveredToVendor) -> None:
    """Fewer were received than sent, so that nobody knows of anybody."""
    meta.vendor.faults = [
        body(200, b'{"num_received": 4, "num_invalid_entries": 0}', applied=False)
    ]
    meta.world.publish(PEOPLE)

    assert meta.world.run().status == "done"
    assert meta.is_exactly(PEOPLE)


@pytest.mark.parametrize("received", [len(PEOPLE), 0])
def test_a_batch_of_nothing_but_invalid_entries_is_refused(
    received: int, meta: DeliveredToVendor
) -> None:
    """Whether those received include the invalid ones or not."""
    answer = {"num_received": received, "num_invalid_entries": len(PEOPLE)}
    meta.vendor.faults = [body(200, json.dumps(answer).encode(), applied=False)]
    meta.world.publish(PEOPLE)

    assert meta.world.run().rejected == len(PEOPLE)


@pytest.mark.parametrize(
    ("kind", "value", "column", "expected"),
    [
        (
            "email",
            " user.name+NYC@Example.com ",
            "EMAIL",
            "f109a2a632fbcea5fc82049f50beed3d8621bf9034399f437fb622222acccdac",
        ),
        (
            "phone",
            "+1 (800) 555-0100",
            "PHONE",
            "92cfdc5fbcd4a20fbe5d3857af6c1aba31762105bba7f21a17155e920653046c",
        ),
        (
            "address",
            json.dumps(ROW),
            "FN",
            "74f46a588dd2b0d94ec4067f21fc7127c16ba0f1af96ece7a7ebfefe3ddedc92",
        ),
        (
            "address",
            json.dumps(ROW),
            "ZIP",
            "1794327a4d443904421f5ca1f3d72d0a62ba2f0770d80755ec2220fc0efb052e",
        ),
        (
            "address",
            json.dumps(ROW),
            "COUNTRY",
            "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
        ),
    ],
)
def test_keys_have_the_digests_of_meta(kind: str, value: str, column: str, expected: str) -> None:
    """Vectors of the vendor's rules; Cyrillic letters are letters."""
    member = json.loads(payload.match_key(kind, value) or "{}")

    assert member[column] == expected


@pytest.mark.parametrize("missing", ["first_name", "last_name", "postcode", "country"])
def test_half_an_address_is_no_key(missing: str) -> None:
    """It would fit strangers."""
    assert payload.match_key("address", json.dumps(ROW | {missing: " "})) is None


@pytest.mark.parametrize(("kind", "value"), [("email", ""), ("phone", "999"), ("email", "a b")])
def test_what_is_no_contact_is_never_hashed(kind: str, value: str) -> None:
    """Neither as it is nor as nothing."""
    assert payload.match_key(kind, value) is None


def test_every_row_has_every_column() -> None:
    """A key that somebody has not is empty, and not hashed."""
    operations = [
        Operation("upsert", kind, reference=payload.match_key(kind, value))
        for kind, value in (("email", "a@example.com"), ("phone", "+18005550100"))
    ]

    table = json.loads(payload.form(operations))

    assert table["schema"] == ["EMAIL", "PHONE"]
    assert [[bool(cell) for cell in row] for row in table["data"]] == [[True, False], [False, True]]


def test_counts_confirm_nobody_by_name(meta: DeliveredToVendor) -> None:
    """Meta does not say whom it did not take, so nobody is more than taken in."""
    meta.vendor.refused = {PEOPLE["p1"]: "invalid"}
    meta.world.publish(PEOPLE)

    assert meta.world.run().status == "done"
    assert {outcome for *_, outcome in meta.world.outcomes()} == {"acked_unverified"}


def test_a_batch_without_one_valid_row_is_refused(meta: DeliveredToVendor) -> None:
    """Then it is clear who is meant."""
    meta.vendor.refused = dict.fromkeys(PEOPLE.values(), "invalid")
    meta.world.publish(PEOPLE)

    report = meta.world.run()

    assert (report.status, report.rejected) == ("done_with_rejects", 5)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        ({"code": 17}, Verdict.RETRY),
        ({"code": 613}, Verdict.RETRY),
        ({"code": 2, "is_transient": True}, Verdict.AMBIGUOUS),
        ({"code": 999, "is_transient": True}, Verdict.RETRY),
        ({"code": 190}, Verdict.AUTH),
        ({"code": 100, "error_subcode": 33}, Verdict.MISCONFIGURED),
        ({"code": 100, "error_subcode": 1713230}, Verdict.MISCONFIGURED),
        ({"code": 100}, Verdict.ROWS),
    ],
)
def test_the_code_tells_what_the_status_does_not(
    error: dict[str, object], verdict: Verdict
) -> None:
    """Everything is a 400 at Meta."""
    body = json.dumps({"error": error | {"message": "anna@example.com"}}).encode()

    result = answers.refusal(Answer(400, body, None))

    assert result.verdict == verdict
    assert (result.error_code or "").startswith("meta_")
