"""Every destination, with a company that delivers to it."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestration.activation.destinations.csv_drop import CsvDropDestination
from orchestration.activation.destinations.webhook import WebhookDestination
from orchestration.activation.outbound import OutboundClient
from tests.contract.scripted_server import ScriptedServer
from tests.unit.activation.world import World

SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQ="


class Delivered:
    """A company whose destination is real, and a look at what the destination holds."""

    def __init__(self, world: World, members: Callable[[], set[str]]) -> None:
        self.world = world
        self.members = members


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


@pytest.fixture(params=["webhook", "csv"])
def delivered(request: pytest.FixtureRequest, tmp_path: Path) -> Delivered:
    """Return a company for each destination in turn."""
    if request.param == "webhook":
        server = request.getfixturevalue("server")
        return Delivered(request.getfixturevalue("to_webhook"), lambda: set(server.members))
    world = World(tmp_path)
    world.destination = CsvDropDestination(tmp_path / "drop")
    return Delivered(world, lambda: members_of(tmp_path / "drop" / "test_people"))


def members_of(folder: Path) -> set[str]:
    """Read a drop folder as its consumer does: by the manifests, in order."""
    members: set[str] = set()
    for manifest in sorted(folder.glob("*.manifest.json")):
        file = folder / json.loads(manifest.read_text())["file"]
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                (members.discard if row["op"] == "remove" else members.add)(row["key"])
    return members
