"""The destination on the page about writing one is whole, short, and delivers."""

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest

from orchestration.activation.destinations import registry
from orchestration.settings import PROJECT_DIR
from tests.contract.conftest import DeliveredToVendor
from tests.contract.loopback import Reply, Request, json_reply, reset, status
from tests.contract.vendors.vendor import TOKEN, Vendor
from tests.unit.activation.world import World

PAGE = PROJECT_DIR / "docs/destinations/writing-one.md"
PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


@dataclass
class Pigeon(Vendor):
    """The made-up vendor of the page."""

    name: ClassVar[str] = "pigeon"
    target: ClassVar = {"list_id": "L/1"}
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def reply(self, request: Request) -> Reply:
        """Keep the list."""
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return json_reply({}, 401)
        if request.path != "/lists/L%2F1/members":
            return json_reply({}, 404)
        refused = []
        for member in request.document:
            if request.method == "DELETE":
                self.people.pop(member["id"], None)
            elif reason := self.refused.get(member["email"]):
                refused.append({"id": member["id"], "reason": reason})
            else:
                self.people[member["id"]] = member
        return json_reply({"refused": refused})

    def members(self) -> set[str]:
        """Return the addresses on the list."""
        return {member["email"] for member in self.people.values()}


def _code() -> str:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def pigeon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeliveredToVendor]:
    """Return a company that delivers with the code of the page."""
    name = f"{registry.PACKAGE}.pigeon"
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    exec(compile(_code(), str(PAGE), "exec"), module.__dict__)  # noqa: S102 - the page is ours
    monkeypatch.setattr(registry, "DESTINATIONS", {"pigeon": "pigeon"})

    world = World(tmp_path)
    with Pigeon() as vendor:
        monkeypatch.setenv("ONEFOLD_PIGEON_URL", vendor.url)
        monkeypatch.setenv("ONEFOLD_PIGEON_TOKEN", TOKEN)
        world.declaration = vendor.declaration()
        with closing(vendor.destination(world.settings)) as destination:
            world.destination = destination
            yield DeliveredToVendor(world, vendor)


def test_the_example_is_short() -> None:
    """Under a hundred lines, imports and docstrings included."""
    assert len(_code().splitlines()) < 100


def test_the_example_delivers(pigeon: DeliveredToVendor) -> None:
    """Added, refused, removed, through a limit and a lost answer."""
    pigeon.vendor.refused = {PEOPLE["p1"]: "bad_address"}
    pigeon.vendor.faults = [status(429, retry_after="1"), reset(applied=True)]
    pigeon.world.publish(PEOPLE)
    report = pigeon.world.run()
    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 4, 1)

    remaining = {key: PEOPLE[key] for key in ("p2", "p3", "p4")}
    pigeon.world.publish(remaining, dict.fromkeys(PEOPLE, True))
    assert pigeon.world.run().status == "done"
    assert pigeon.is_exactly(remaining)


def test_the_example_is_found_by_its_name(
    pigeon: DeliveredToVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Configured by the environment; without it, it says what is missing."""
    settings = pigeon.world.settings.model_copy(update={"allow_hosts": pigeon.vendor.host})
    assert registry.destination_for(settings, pigeon.world.declaration) is not None

    monkeypatch.delenv("ONEFOLD_PIGEON_TOKEN")
    assert registry.destination_for(settings, pigeon.world.declaration) is None
    assert registry.missing_settings("pigeon") == ["ONEFOLD_PIGEON_TOKEN"]
