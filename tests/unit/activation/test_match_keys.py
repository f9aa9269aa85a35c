"""Promises about destinations that know match keys, and no people."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from orchestration.activation import sync_status
from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.activation.ledger import Ledger
from tests.unit.activation.world import FakeDestination, World

ANNA, BORIS = "anna@example.com", "boris@example.com"


@dataclass
class AdDestination(FakeDestination):
    """Keeps digests, and hears of nothing else."""

    mixes_operations: bool = False
    match_kinds: tuple[str, ...] = ("email",)
    digests: set[str] = field(default_factory=set)

    def match_key(self, kind: str, value: str) -> str | None:
        """Return the digest of an address."""
        assert kind == "email"
        return hashlib.sha256(value.encode()).hexdigest() if "@" in value else None

    def send(self, batch: Batch) -> BatchResult:
        """Put in, or take out."""
        self.batches.append(batch)
        references = {operation.reference or "" for operation in batch.operations}
        self.digests = self.digests - references if batch.is_removal else self.digests | references
        return BatchResult(Verdict.ANSWERED, is_verified=False)


@pytest.fixture
def ads(tmp_path: Path) -> World:
    """Return a company that delivers to an advertiser."""
    world = World(tmp_path)
    world.destination = AdDestination()
    world.declaration = world.declaration.model_copy(update={"match_keys": ("email",)})
    return world


def _held_by(world: World, *addresses: str) -> bool:
    wanted = {hashlib.sha256(address.encode()).hexdigest() for address in addresses}
    return world.destination.digests == wanted


def test_a_key_leaves_with_the_last_person_behind_it(ads: World) -> None:
    """Two people with one mailbox are one member."""
    consents = dict.fromkeys(("p1", "p2", "p3"), True)
    ads.publish({"p1": ANNA, "p2": ANNA, "p3": BORIS}, consents)
    assert ads.run().added == 2

    ads.publish({"p2": ANNA, "p3": BORIS}, consents)
    assert (ads.run().status, _held_by(ads, ANNA, BORIS)) == ("done", True)

    ads.publish({"p3": BORIS}, consents)
    assert (ads.run().removed, _held_by(ads, BORIS)) == (1, True)


def test_a_changed_address_takes_the_former_one_out(ads: World) -> None:
    """The digest to remove is in the ledger; the row with the former address is gone."""
    ads.publish({"p1": ANNA, "p2": "x@example.com"})
    ads.run()
    ads.publish({"p1": BORIS, "p2": "x@example.com"})

    assert ads.run().status == "done"
    assert _held_by(ads, BORIS, "x@example.com")


def test_a_value_that_is_no_key_is_not_sent(ads: World) -> None:
    """Nothing is hashed that is empty or broken."""
    ads.publish({"p1": ANNA, "p2": "", "p3": "nonsense"})

    assert (ads.run().added, _held_by(ads, ANNA)) == (1, True)


def test_a_withdrawal_takes_the_key_out_however_many_leave(ads: World) -> None:
    """Guards hold back nobody who withdrew."""
    people = {f"p{number}": f"{number}@example.com" for number in range(4)}
    ads.publish(people)
    ads.run()
    ads.publish({}, dict.fromkeys(people, False))

    report = ads.run()

    assert (report.removed, ads.destination.digests) == (4, set())


def test_a_guard_counts_match_keys_and_says_so(ads: World) -> None:
    """A person has several of them, so they are no people."""
    people = {f"p{number}": f"{number}@example.com" for number in range(60)}
    ads.publish(people)
    ads.run()
    ads.publish({"p0": people["p0"]}, dict.fromkeys(people, True))

    assert "59 of 60 match keys would be removed" in (ads.run().reason or "")


def test_a_withdrawal_between_plan_and_batch_is_not_sent(ads: World) -> None:
    """The people behind a key are asked for, not the key."""
    ads.publish({"p1": ANNA, "p2": BORIS})
    ads.consent({"p1": True, "p2": False})

    ads.run()

    assert _held_by(ads, ANNA)


def test_the_ledger_names_units_by_keyed_digests(ads: World) -> None:
    """What readers are shown cannot be found by trying addresses."""
    ads.publish({"p1": ANNA})
    ads.run()

    with Ledger(ads.settings).session("Test") as connection:
        keys = connection.execute("select unit_key from ledger.activation.unit_delivery").fetchall()
    ((key,),) = keys
    assert key.startswith("email:")
    assert hashlib.sha256(ANNA.encode()).hexdigest() not in key
    assert ("add", "acked_unverified") in {outcome[1:] for outcome in ads.outcomes()}


def test_people_without_a_usable_key_are_told(ads: World) -> None:
    """In the plan, the run and the ledger, and only once there."""
    ads.publish({"p1": ANNA, "p2": "no address", "p3": ""})

    told = "2 people are left out, since they have no usable match key"
    assert (ads.plan().reason, ads.run().reason) == (told, told)
    (status,) = sync_status(ads.settings, [ads.declaration])
    assert (status.status, status.reason, ads.run().run_id) == ("done", told, status.run_id)

    ads.publish({"p1": ANNA})
    assert ads.run().reason is None
    (status,) = sync_status(ads.settings, [ads.declaration])
    assert status.reason is None
