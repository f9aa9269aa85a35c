"""What is kept of a vendor's word that it wants to be left alone, from one run to the next."""

import time
from contextlib import closing
from pathlib import Path

import pytest

from orchestration.activation import budgets
from orchestration.activation.budgets import RequestBudget
from orchestration.activation.destinations.webhook import (
    Connection,
    Target,
    WebhookDestination,
    connect,
)
from orchestration.activation.outbound import OutboundClient
from tests.contract.conftest import SECRET, DeliveredToVendor, Waits
from tests.contract.loopback import status
from tests.contract.scripted_server import ScriptedServer
from tests.unit.activation.world import World

PEOPLE = {"p1": "1@example.com", "p2": "2@example.com"}


def test_the_next_run_does_not_ask_either(
    to_vendor: DeliveredToVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leaves the batches pending, says until when, and goes on when the time has come."""
    world, vendor = to_vendor.world, to_vendor.vendor
    world.budget_seconds = 5
    vendor.faults = [*[None] * vendor.preliminaries, status(429, retry_after="3600")]
    world.publish(PEOPLE)
    first = world.run()
    asked = len(vendor.requests)

    # As another process has it.
    monkeypatch.setattr(budgets, "_budgets", {})
    with closing(vendor.destination(world.settings)) as world.destination:
        second = world.run()

        assert (first.status, second.status, second.pending) == ("open", "open", len(PEOPLE))
        assert "asks to wait" in second.reason
        assert second.reason.endswith(" UTC on")
        assert len(vendor.requests) == asked

        world.waits.pass_by(3600)
        world.budget_seconds = 10**6
        assert world.run().status == "done"
    assert to_vendor.is_exactly(PEOPLE)


def test_the_pace_of_an_account_is_not_told_as_a_word_of_the_vendor(
    tmp_path: Path, server: ScriptedServer
) -> None:
    """Nobody is to look for a limit at the vendor that is one of ours."""
    world, waits = World(tmp_path), Waits()
    budget = RequestBudget(0.01, tmp_path / "pause", waits.now, waits.pass_by, waits.now)
    client = OutboundClient(
        allow_hosts=server.host, timeout_seconds=1.0, max_answer_bytes=1000, budget=budget
    )
    world.destination = WebhookDestination(client, server.url, SECRET)
    world.destination.max_batch_size = 1
    world.budget_seconds = 5
    world.publish(PEOPLE)
    with closing(world.destination):
        report = world.run()

    assert (report.status, report.added) == ("open", 1)
    assert "the destination is asked at the pace of its account (own_pace)" in report.reason


def test_a_run_with_time_waits_for_the_moment(
    tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of the receiver, and whatever run was told."""
    server.faults, world = [status(503, retry_after="2")], World(tmp_path)
    world.settings = world.settings.model_copy(update={"allow_hosts": server.host})
    world.publish(PEOPLE)
    statuses = []
    for budget_seconds in (0, 0, 30):
        monkeypatch.setattr(budgets, "_budgets", {})
        connection = Connection(url=f"{server.url}/batches", secret=SECRET)
        world.budget_seconds = budget_seconds
        with closing(connect(world.settings, connection, Target())) as world.destination:
            statuses.append(world.run(sleep=time.sleep).status)

    assert statuses == ["open", "open", "done"]
    first, second = [request.at for request in server.requests]
    assert second - first >= 2


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        ("7", 7),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("Wed, 01 Jan 2020 00:00:00 GMT", None),
        ("1000000000", 24 * 3600),
        ("9" * 400, 24 * 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 24 * 3600),
    ],
)
def test_a_wait_is_kept_to_where_it_can_be_meant(
    told: str, waited: float | None, server: ScriptedServer
) -> None:
    """None at all is the usual one, which grows; and a day is the longest."""
    server.faults = [status(429, retry_after=told)]
    client = OutboundClient(allow_hosts=server.host, timeout_seconds=1, max_answer_bytes=100)

    with closing(client):
        assert client.post(server.url, {}, b"").retry_after == waited


@pytest.mark.parametrize(("code", "is_closed"), [(429, True), (400, False), (503, False)])
def test_a_limit_that_is_not_reached_closes_no_account(
    code: int, server: ScriptedServer, tmp_path: Path, *, is_closed: bool
) -> None:
    """Braze tells in every answer when its limit begins anew."""
    server.faults = [status(code, x_ratelimit_reset=str(int(time.time()) + 3000))]
    budget = RequestBudget(100, tmp_path / "pause")
    client = OutboundClient(
        allow_hosts=server.host, timeout_seconds=1, max_answer_bytes=100, budget=budget
    )

    with closing(client):
        client.post(server.url, {}, b"")

    assert (budget.take() > 0) == is_closed
