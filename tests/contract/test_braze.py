"""What goes to Braze, and what its answers mean."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.braze import Target, payload
from orchestration.activation.destinations.protocol import Operation
from tests.contract.conftest import DeliveredToVendor, delivering_to
from tests.contract.loopback import status

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


@pytest.fixture
def braze(tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers to Braze."""
    yield from delivering_to("braze", tmp_path)


def test_the_audience_is_one_of_a_list() -> None:
    """Added and removed by name, which can be repeated; the row is beside it."""
    row = {"email": "a@example.com", "first_name": "Анна", "city": "Bern", "rfm": 5}
    upsert, remove = Operation("upsert", "p1", row), Operation("remove", "p2")

    added, removed = payload.track(Target(audience="vip"), [upsert, remove])["attributes"]

    assert added == {
        "external_id": "p1",
        "email": "a@example.com",
        "first_name": "Анна",
        "home_city": "Bern",
        "rfm": 5,
        "onefold_audiences": {"add": ["vip"]},
    }
    assert removed == {
        "external_id": "p2",
        "onefold_audiences": {"remove": ["vip"]},
        "_update_existing_only": True,
    }


@pytest.mark.parametrize("names_places", [True, False], ids=["by place", "by halving"])
def test_refusals_inside_a_success_are_found(braze: DeliveredToVendor, names_places: bool) -> None:
    """201, and the sentence of Braze quotes the address, so it is not kept."""
    braze.vendor.names_places = names_places
    braze.vendor.refused = {PEOPLE["p1"]: "invalid"}
    braze.world.publish(PEOPLE)

    report = braze.world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 4, 1)
    assert braze.members() == set(PEOPLE) - {"p1"}
    assert PEOPLE["p1"].encode() not in braze.world.settings.ledger_path.read_bytes()


def test_the_reset_of_a_limit_is_waited_for(braze: DeliveredToVendor) -> None:
    """Braze tells it in epoch seconds, and no other way."""
    braze.vendor.faults = [status(429, x_ratelimit_reset=str(int(time.time()) + 40))]
    braze.world.publish(PEOPLE)

    assert braze.world.run().status == "done"
    assert braze.world.waits == [pytest.approx(40, abs=2)]


def test_nobody_is_made_where_only_known_users_are_wanted() -> None:
    """An option of the target."""
    target = Target(audience="vip", creates_users=False)

    (user,) = payload.track(target, [Operation("upsert", "p1", {})])["attributes"]

    assert user["_update_existing_only"] is True
