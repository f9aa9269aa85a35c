"""What every destination promises, whatever its protocol."""

import pytest

from orchestration.activation.destinations.protocol import BatchResult
from orchestration.errors import OnefoldError
from orchestration.warehouse import connect
from tests.contract.conftest import Delivered
from tests.unit.activation.world import MODEL_NAME, KilledError

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


def test_the_destination_holds_exactly_who_is_wanted(delivered: Delivered) -> None:
    """Added, kept, removed and added again."""
    for people in (PEOPLE, dict(list(PEOPLE.items())[:3]), PEOPLE):
        delivered.world.publish(people, dict.fromkeys(PEOPLE, True))
        assert delivered.world.run().status == "done"
        assert delivered.is_exactly(people)


def test_a_changed_address_takes_the_place_of_the_former_one(delivered: Delivered) -> None:
    """Nobody stays behind under an address that nobody wants any more."""
    delivered.world.publish(PEOPLE)
    delivered.world.run()
    changed = PEOPLE | {"p1": "new@example.com", "p6": "6@example.com"}
    delivered.world.publish(changed)

    assert delivered.world.run().status == "done"
    assert delivered.is_exactly(changed)


def test_a_second_run_changes_nothing(delivered: Delivered) -> None:
    """No difference, no request, no file."""
    delivered.world.publish(PEOPLE)
    delivered.world.run()
    sends = _count_sends(delivered)

    report = delivered.world.run()

    assert (report.added, report.updated, report.removed, sends) == (0, 0, 0, [])


def test_an_empty_model_sends_nothing(delivered: Delivered) -> None:
    """An empty batch is no batch."""
    delivered.world.publish({})
    sends = _count_sends(delivered)

    assert (delivered.world.run().status, sends) == ("done", [])


def test_the_same_record_twice_stops_the_run(delivered: Delivered) -> None:
    """One person has one row, or nothing is sent; a match key may have several people."""
    if not delivered.knows_people:
        return
    delivered.world.publish(PEOPLE)
    snapshot = delivered.world.settings.home / "snapshots" / "000001.duckdb"
    with connect(snapshot) as connection:
        connection.table(f"activation.{MODEL_NAME}").insert(("p1", "x@example.com"))
        delivered.world.digest_rows(connection)
    sends = _count_sends(delivered)

    with pytest.raises(OnefoldError, match="repeated"):
        delivered.world.run()
    assert not sends


def test_a_kill_after_sending_has_one_effect(delivered: Delivered) -> None:
    """Sent, applied, and killed before the answer was noted."""
    delivered.world.publish(PEOPLE)
    _kill_once(delivered, after=True)
    with pytest.raises(KilledError):
        delivered.world.run()

    assert delivered.world.run().status == "done"
    assert delivered.is_exactly(PEOPLE)


def test_a_kill_before_sending_loses_nothing(delivered: Delivered) -> None:
    """Journalled as sent, but the bytes never left."""
    delivered.world.publish(PEOPLE)
    _kill_once(delivered, after=False)
    with pytest.raises(KilledError):
        delivered.world.run()

    assert delivered.world.run().status == "done"
    assert delivered.members() == set(PEOPLE)


def test_a_withdrawal_after_a_kill_is_removed(delivered: Delivered) -> None:
    """What may have arrived is taken back."""
    delivered.world.publish(PEOPLE)
    _kill_once(delivered, after=True)
    with pytest.raises(KilledError):
        delivered.world.run()
    delivered.world.consent(dict.fromkeys(PEOPLE, True) | {"p1": False})

    delivered.world.run()

    assert delivered.members() == set(PEOPLE) - {"p1"}


@pytest.mark.parametrize("delivered", ["webhook", "csv"], indirect=True)
def test_a_hundred_thousand_people_arrive_and_a_few_leave(delivered: Delivered) -> None:
    """At full scale, where the protocol is no vendor's that asks for a pace."""
    people = {f"p{number:06}": f"{number}@example.com" for number in range(100_000)}
    for wanted in (people, dict(list(people.items())[500:])):
        delivered.world.publish(wanted, dict.fromkeys(people, True))
        assert delivered.world.run().status == "done"
        assert delivered.is_exactly(wanted)


def _count_sends(delivered: Delivered) -> list[str]:
    sends: list[str] = []
    send = delivered.world.destination.send
    delivered.world.destination.send = lambda batch: sends.append(batch.run_id) or send(batch)
    return sends


def _kill_once(delivered: Delivered, *, after: bool) -> None:
    destination = delivered.world.destination
    send = destination.send

    def killed(batch: object) -> BatchResult:
        destination.send = send
        if after:
            send(batch)
        raise KilledError

    destination.send = killed
