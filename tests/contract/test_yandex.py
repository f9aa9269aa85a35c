"""What goes to Yandex Audience, and what its answers mean."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.destinations.yandex import payload
from tests.contract.conftest import DeliveredToVendor, delivering_to

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}
PHONE = "22846ab8f79870871eb44f653419a4a5069301827d8ae75b6c2a88e4989a364e"
MAIL = "bd93ea95f242f02313eccf0ab0bb7fe5121a052de42d2cb7bd332fb9f537cbfa"


@pytest.fixture
def yandex(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to Yandex Audience."""
    yield from delivering_to("yandex", tmp_path)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("phone", "+7 (999) 555-11-11", {"phone": PHONE}),
        ("email", "Mail@Yandex.ru", {"email": MAIL}),
        ("email", "анна@пример.рф", None),
        ("email", "", None),
        ("phone", "8 999 555 11 11", None),
    ],
)
def test_keys_have_the_digests_of_yandex(
    kind: str, value: str, expected: dict[str, str] | None
) -> None:
    """Numbers without plus, addresses in Latin letters, nothing where there is nothing."""
    found = payload.match_key(kind, value)

    assert (json.loads(found) if found else None) == expected


def test_every_file_has_the_form_of_the_first_one() -> None:
    """Another order of columns would spoil the segment."""
    operations = [
        Operation("upsert", kind, reference=payload.match_key(kind, value))
        for kind, value in (("email", "mail@yandex.ru"), ("phone", "+79995551111"))
    ]

    assert payload.file("phone,email", operations).decode() == f"phone,email\n,{MAIL}\n{PHONE},\n"


def test_a_file_waits_until_the_one_before_is_done(yandex: DeliveredToVendor) -> None:
    """Meanwhile the run stays open; a status that nobody knows is one of work."""
    yandex.vendor.statuses = ["is_processed"] * 10
    yandex.world.budget_seconds = 300
    yandex.world.publish(PEOPLE)
    report = yandex.world.run()
    assert (report.status, report.added) == ("open", 0)

    yandex.vendor.statuses = []
    yandex.world.budget_seconds = 10**6
    assert yandex.world.run().status == "done"
    assert yandex.is_exactly(PEOPLE)
    assert {outcome for *_, outcome in yandex.world.outcomes()} == {"accepted", "acked_unverified"}


def test_a_file_that_yandex_could_not_use_is_sent_again(yandex: DeliveredToVendor) -> None:
    """Nobody of it counts."""
    yandex.vendor.last_status = "processing_failed"
    yandex.world.publish(PEOPLE)
    report = yandex.world.run()
    assert (report.status, report.added, report.pending) == ("failed", 0, 5)

    yandex.vendor.last_status = "few_data"
    assert yandex.world.run().status == "done"


@pytest.mark.parametrize("budget_seconds", [300, 10**6], ids=["later", "at_once"])
def test_a_file_that_yandex_could_not_use_is_not_forgotten_over_the_next(
    yandex: DeliveredToVendor, budget_seconds: int
) -> None:
    """The segment tells how the last file ended, so whoever left is taken out before the next."""
    yandex.world.publish(PEOPLE)
    assert yandex.world.run().status == "done"
    yandex.world.budget_seconds = budget_seconds
    yandex.vendor.ends = ["processing_failed", "processed", "processed"]
    changed = {key: email for key, email in PEOPLE.items() if key != "p0"} | {"p9": "9@example.com"}
    yandex.world.publish(changed)

    statuses = [yandex.world.run().status]
    while statuses[-1] == "open":
        yandex.world.after(minutes=11)
        statuses.append(yandex.world.run().status)

    assert statuses[-1] == "done"
    assert yandex.is_exactly(changed)
    files = [each for each in yandex.vendor.requests if each.method == "POST"]
    assert [each.query["modification_type"] for each in files] == [
        *["addition", "subtraction", "subtraction", "addition"]
    ]


def test_whoever_withdraws_while_yandex_works_leaves_before_the_next_are_added(
    yandex: DeliveredToVendor,
) -> None:
    """There may be hours between two files."""
    yandex.world.destination.max_batch_size = 2
    yandex.world.budget_seconds = 300
    yandex.world.publish(PEOPLE)
    assert yandex.world.run().status == "open"
    (file,) = (each for each in yandex.vendor.requests if each.method == "POST")
    held = next(
        key for key, email in PEOPLE.items() if yandex.vendor.form(email).encode() in file.body
    )
    yandex.world.consent({key: key != held for key in PEOPLE})

    while yandex.world.run().status == "open":
        yandex.world.after(minutes=11)

    files = [each for each in yandex.vendor.requests if each.method == "POST"]
    assert [each.query["modification_type"] for each in files] == [
        *["addition", "subtraction", "addition", "addition"]
    ]
    assert yandex.is_exactly(PEOPLE.keys() - {held})


def test_nothing_is_sent_to_a_segment_that_the_account_does_not_have(
    yandex: DeliveredToVendor,
) -> None:
    """It was deleted, or the declaration names another one."""
    yandex.vendor.is_listed = False
    yandex.world.publish(PEOPLE)

    report = yandex.world.run()

    assert (report.status, "segment_unknown" in (report.reason or "")) == ("failed", True)
    assert {each.method for each in yandex.vendor.requests} == {"GET"}


def test_whoever_was_delivered_before_and_withdraws_leaves_before_the_next_are_added(
    yandex: DeliveredToVendor,
) -> None:
    """The removal comes last into the run, and goes first."""
    yandex.world.publish(PEOPLE)
    assert yandex.world.run().status == "done"
    yandex.world.destination.max_batch_size = 1
    yandex.world.budget_seconds = 300
    newcomers = {f"n{number}": f"n{number}@example.com" for number in range(3)}
    yandex.world.publish(PEOPLE | newcomers)
    assert yandex.world.run().status == "open"
    staying = {key: email for key, email in PEOPLE.items() if key != "p0"} | newcomers
    yandex.world.publish(staying, dict.fromkeys(staying, True) | {"p0": False})

    while yandex.world.run().status == "open":
        yandex.world.after(minutes=11)

    files = [each for each in yandex.vendor.requests if each.method == "POST"]
    assert [each.query["modification_type"] for each in files] == [
        *["addition", "addition", "subtraction", "addition", "addition"]
    ]
    assert yandex.is_exactly(staying)
