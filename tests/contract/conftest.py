"""Every destination, with a company that delivers to it."""

import csv
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from orchestration.activation import budgets
from orchestration.activation.budgets import RequestBudget
from orchestration.activation.destinations.csv_drop import FolderPlace
from orchestration.activation.destinations.files import CsvFiles
from orchestration.activation.destinations.webhook import WebhookDestination
from orchestration.activation.outbound import OutboundClient
from tests.contract.scripted_server import ScriptedServer
from tests.contract.vendors.braze import Braze
from tests.contract.vendors.google import Google
from tests.contract.vendors.hubspot import HubSpot
from tests.contract.vendors.klaviyo import Klaviyo
from tests.contract.vendors.mailchimp import Mailchimp
from tests.contract.vendors.meta import Meta
from tests.contract.vendors.vendor import Vendor
from tests.contract.vendors.yandex import Yandex
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import World

SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQ="
VENDORS: dict[str, type[Vendor]] = {
    kind.name: kind for kind in (Braze, Google, HubSpot, Klaviyo, Mailchimp, Meta, Yandex)
}


class Delivered:
    """A company whose destination is real, and a look at what the destination holds."""

    def __init__(self, world: World, members: Callable[[], set[str]]) -> None:
        self.world = world
        self.members = members

    @property
    def knows_people(self) -> bool:
        """Whether the destination holds people, not match keys."""
        return self.world.declaration.match_keys == ("person_id",)

    def is_exactly(self, people: Iterable[str]) -> bool:
        """Whether destination and ledger hold these people, and nobody else."""
        wanted, held = set(people), self.world.held()
        is_noted = held == wanted if self.knows_people else len(held) == len(wanted)
        return self.members() == wanted and is_noted


class Waits(list[float]):
    """Takes waits down instead of waiting, and is the clock that they move."""

    def __init__(self) -> None:
        super().__init__()
        self._passed = 0.0

    def append(self, seconds: float) -> None:
        """Take down a wait of the engine."""
        super().append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds

    def now(self) -> float:
        """Return the time."""
        return time.monotonic() + self._passed


class DeliveredToVendor(Delivered):
    """A company that delivers to a vendor on loopback."""

    def __init__(self, world: World, vendor: Vendor) -> None:
        super().__init__(world, self._keys)
        self.vendor = vendor

    def _keys(self) -> set[str]:
        """Return the people behind what the vendor holds; a stranger stays what it is."""
        known = {self.vendor.form(email): key for key, email in self.world.emails.items()}
        return {known.get(member, member) for member in self.vendor.members()}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Return a receiver that plays no fault yet."""
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def to_webhook(tmp_path: Path, server: ScriptedServer) -> Iterator[World]:
    """Return a company that delivers to the scripted receiver."""
    world = World(tmp_path)
    client = OutboundClient(allow_hosts=server.host, timeout_seconds=0.5, max_answer_bytes=10_000)
    world.destination = WebhookDestination(client, f"http://{server.host}/batches", SECRET)
    yield world
    client.close()
    assert broken_promises(world) == []


@pytest.fixture(params=VENDORS)
def to_vendor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DeliveredToVendor]:
    """Return a company for each vendor in turn; none may have seen a request it would not take."""
    yield from delivering_to(request.param, tmp_path)


def delivering_to(name: str, folder: Path) -> Iterator[DeliveredToVendor]:
    """Run a vendor, and let a company deliver to it, at a pace that costs no time."""
    world, waits = World(folder), Waits()
    budget = partial(RequestBudget, clock=waits.now, sleep=waits.pass_by, wall_clock=waits.now)
    with VENDORS[name]() as vendor, pytest.MonkeyPatch.context() as patched:
        patched.setattr(budgets, "new_budget", budget)
        # The tokens of tests are no secrets, and each account would cost as much as half a run.
        patched.setattr(budgets, "GUESS_COST", 1)
        world.declaration = vendor.declaration()
        world.waits = waits
        # Some vendors want to be left alone for longer than a run would wait.
        world.budget_seconds = 10**6
        with closing(vendor.destination(world.settings)) as destination:
            world.destination = destination
            yield DeliveredToVendor(world, vendor)
        assert vendor.problems == []
    assert broken_promises(world) == []


@pytest.fixture(params=["webhook", "csv", *VENDORS])
def delivered(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Delivered]:
    """Return a company for each destination in turn."""
    if request.param in VENDORS:
        yield from delivering_to(request.param, tmp_path)
    elif request.param == "webhook":
        server = request.getfixturevalue("server")
        yield Delivered(request.getfixturevalue("to_webhook"), lambda: set(server.members))
    else:
        world = World(tmp_path)
        world.destination = CsvFiles(FolderPlace(tmp_path / "drop"))
        yield Delivered(world, lambda: members_of(tmp_path / "drop" / "test_people"))
        assert broken_promises(world) == []


def members_of(folder: Path) -> set[str]:
    """Read a drop folder as its consumer does: by the manifests, in order."""
    members: set[str] = set()
    for manifest in sorted(folder.glob("*.manifest.json")):
        file = folder / json.loads(manifest.read_text())["file"]
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                (members.discard if row["op"] == "remove" else members.add)(row["key"])
    return members
