"""What every vendor's list comes to, however often runs are killed."""

from collections.abc import Callable
from random import Random
from signal import SIGKILL

import pytest

from orchestration.activation.ledger import Ledger
from tests.contract.conftest import DeliveredToVendor
from tests.contract.loopback import Exchange, Fault
from tests.contract.other_process import started
from tests.contract.vendors.vendor import LANDED_HOURS

SEED = 5
SECONDS = 60
PEOPLE = {f"p{number:02}": f"{number}@example.com" for number in range(12)}
CHANGED = {key: f"new-{email}" for key, email in PEOPLE.items() if key > "p02"}
WITHDRAWN = {"p04", "p05"}


# One of each kind: jobs, lists of record ids, calls per person, and jobs about match keys.
@pytest.mark.parametrize("to_vendor", ["klaviyo", "hubspot", "mailchimp", "google"], indirect=True)
def test_killed_runs_leave_no_trace(to_vendor: DeliveredToVendor) -> None:
    """Before or after the work was done, and whoever withdraws between two kills is gone."""
    world, chance = to_vendor.world, Random(SEED)
    world.destination.max_batch_size = 3
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})

    for people, withdrawn, kills in (
        (PEOPLE, set(), 0),
        (CHANGED, WITHDRAWN, 2),
        ({"p03": CHANGED["p03"]}, WITHDRAWN, 0),
    ):
        world.publish(people, dict.fromkeys(PEOPLE, True))
        for _ in range(kills):
            _run_and_kill(to_vendor, chance)
            world.consent({key: key not in withdrawn for key in PEOPLE})
        wanted = {key: email for key, email in people.items() if key not in withdrawn}
        world.publish(wanted, {key: key not in withdrawn for key in PEOPLE})

        assert world.run().status == "done"
        assert to_vendor.members() == set(wanted), f"seed {SEED}"
        world.after(hours=LANDED_HOURS)
        assert world.run().status == "done"
        assert to_vendor.is_exactly(wanted), f"seed {SEED}"


def _run_and_kill(to_vendor: DeliveredToVendor, chance: Random) -> None:
    """Kill a run at one of its requests; what the ledger is sure of then is so."""
    world, vendor = to_vendor.world, to_vendor.vendor
    process = started(world, vendor.name, vendor.host)
    kill = _killing(process.kill, is_applied=chance.random() < 0.5)
    vendor.faults = [*[None] * chance.randint(vendor.preliminaries, 8), kill]
    process.join(SECONDS)
    assert process.exitcode == -SIGKILL
    vendor.faults = []

    if to_vendor.knows_people:
        held, open_ones = _ledger(to_vendor)
        whose = {email: key for people in (PEOPLE, CHANGED) for key, email in people.items()}
        members = {whose[email] for email in vendor.members()}
        assert held - open_ones == members - open_ones


def _killing(kill: Callable[[], None], *, is_applied: bool) -> Fault:
    def fault(exchange: Exchange) -> bool:
        if is_applied:
            exchange.apply()
        kill()
        return exchange.reset()

    return fault


def _ledger(to_vendor: DeliveredToVendor) -> tuple[set[str], set[str]]:
    """Return who is in by the ledger, and of whom something is open."""
    with Ledger(to_vendor.world.settings).session("Test") as connection:
        rows = connection.execute(
            "select distinct unit_key from ledger.activation.outbox anti join ("
            "from ledger.activation.unit_delivery where outcome not in ('unknown', 'accepted')"
            ") using (run_no, batch_no, ordinal)"
        ).fetchall()
    return to_vendor.world.held(), {key for (key,) in rows}
