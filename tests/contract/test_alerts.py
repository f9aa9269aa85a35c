"""Promises of alerts: once per change of state, by webhook and by mail, without values."""

import hmac
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from orchestration.activation import SyncReport, run_syncs, syncs
from orchestration.activation.alert_channels import AlertWebhook, alert_channels
from orchestration.errors import BusyError, UsageError
from tests.contract.loopback import LoopbackServer, Reply, Request, status
from tests.contract.servers.smtp import Mailboxes, mail_server
from tests.unit.activation.world import World

PEOPLE = {"p1": "anna@example.com", "p2": "boris@example.com"}


class Receiver(LoopbackServer):
    """Takes alerts."""

    def reply(self, request: Request) -> Reply:  # noqa: ARG002 - whatever it is
        """Say yes."""
        return Reply(204)

    def told(self) -> list[str]:
        """Return the kinds of alerts, in order."""
        return [request.document["type"] for request in self.requests]


@pytest.fixture
def receiver(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Return a receiver of alerts that the environment names."""
    with Receiver() as running:
        world.settings = world.settings.model_copy(update={"allow_hosts": running.host})
        monkeypatch.setenv("ONEFOLD_ALERT_WEBHOOK_URL", f"http://{running.host}/alerts")
        monkeypatch.setenv("ONEFOLD_ALERT_WEBHOOK_SECRET", "alert-secret")
        yield running


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a company whose syncs run as a whole, and end with alerts."""
    world = World(tmp_path)
    monkeypatch.setattr(syncs, "destination_for", lambda *_: world.destination)
    return world


@pytest.fixture
def mailboxes(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailboxes]:
    """Return a mail server that alerts go to."""
    with mail_server() as running:
        world.settings = world.settings.model_copy(update={"allow_hosts": "127.0.0.1"})
        monkeypatch.setenv("ONEFOLD_ALERT_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("ONEFOLD_ALERT_MAIL_PORT", str(running.port))
        monkeypatch.setenv("ONEFOLD_ALERT_MAIL_SENDER", "onefold <cdp@shop.example>")
        monkeypatch.setenv("ONEFOLD_ALERT_MAIL_TO", "ops@shop.example, lead@shop.example")
        yield running


def _run(world: World) -> SyncReport:
    [report] = run_syncs(world.settings, [world.declaration])
    return report


@contextmanager
def _refusing(world: World) -> Iterator[None]:
    world.destination.refuses = lambda _: True
    yield
    world.destination.refuses = lambda _: False
    world.after(days=8)


def test_trouble_and_its_end_are_told_once(world: World, receiver: Receiver) -> None:
    """A second failing run is silent, and so is a second good one."""
    world.publish(PEOPLE)
    with _refusing(world):
        _run(world)
        _run(world)
    _run(world)
    _run(world)
    assert receiver.told() == ["sync.refused", "sync.ok"]

    world.publish({}, dict.fromkeys(PEOPLE, True))
    _run(world)
    _run(world)
    assert receiver.told()[2:] == ["sync.blocked"]


def test_a_sync_that_always_went_well_tells_nothing(world: World, receiver: Receiver) -> None:
    """No news is good news."""
    world.publish(PEOPLE)
    _run(world)

    assert receiver.told() == []


def test_a_run_that_never_began_is_told(world: World, receiver: Receiver) -> None:
    """No consents, no run in the ledger, and an alert all the same."""
    world.publish(PEOPLE)
    world.settings.published_path.unlink()

    assert (_run(world).status, _run(world).status) == ("failed", "failed")
    assert receiver.told() == ["sync.failed"]


def test_an_alert_that_did_not_get_through_is_told_after_the_next_run(
    world: World, receiver: Receiver
) -> None:
    """Under the same id; the delivery itself does not mind."""
    receiver.faults = [status(500)]
    world.publish(PEOPLE)
    with _refusing(world):
        assert _run(world).status == "done_with_rejects"
        _run(world)

    ids = [request.headers["webhook-id"] for request in receiver.requests]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_an_alert_is_signed(world: World, receiver: Receiver) -> None:
    """As a batch is."""
    world.publish(PEOPLE)
    with _refusing(world):
        _run(world)

    (request,) = receiver.requests
    signed = ".".join((request.headers["webhook-id"], request.headers["webhook-timestamp"]))
    proof = hmac.digest(b"alert-secret", f"{signed}.".encode() + request.body, sha256)
    assert request.headers["webhook-signature"] == f"v1,{b64encode(proof).decode()}"


def test_no_value_gets_into_an_alert(
    world: World, receiver: Receiver, mailboxes: Mailboxes
) -> None:
    """Counts and reasons, nobody's address, on either channel."""
    world.settings = world.settings.model_copy(update={"allow_hosts": f"{receiver.host},127.0.0.1"})
    world.publish(PEOPLE)
    with _refusing(world):
        _run(world)

    (mail,) = mailboxes.mails
    told = receiver.requests[0].body.decode() + mail.as_string()
    assert mail["Subject"] == ("onefold: Sync test_people has rows that the destination refused")
    assert mail["To"] == "ops@shop.example, lead@shop.example"
    assert "rejected 2" in mail.get_content()
    assert not [value for value in (*PEOPLE, *PEOPLE.values()) if value in told]


def test_each_channel_is_told_what_it_has_not_heard(
    world: World, receiver: Receiver, request: pytest.FixtureRequest
) -> None:
    """A channel that is new hears of the trouble there is."""
    world.publish(PEOPLE)
    with _refusing(world):
        _run(world)
        mailboxes = request.getfixturevalue("mailboxes")
        world.settings = world.settings.model_copy(
            update={"allow_hosts": f"{receiver.host},127.0.0.1"}
        )
        _run(world)

    assert (len(receiver.requests), len(mailboxes.mails)) == (1, 1)


@pytest.mark.usefixtures("receiver")
def test_a_private_address_that_is_not_listed_stops_the_start(world: World) -> None:
    """As for the destinations; nothing was sent yet."""
    world.settings = world.settings.model_copy(update={"allow_hosts": ""})
    world.publish(PEOPLE)

    with pytest.raises(UsageError, match="ONEFOLD_ALERT_WEBHOOK_URL"):
        _run(world)
    assert not world.destination.batches


def test_half_a_channel_is_a_mistake(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody believes that they would be alerted."""
    monkeypatch.setenv("ONEFOLD_ALERT_MAIL_TO", "ops@shop.example")

    with (
        pytest.raises(UsageError, match="ONEFOLD_ALERT_MAIL_HOST and ONEFOLD_ALERT_MAIL_SENDER"),
        alert_channels(world.settings),
    ):
        pass


@pytest.mark.usefixtures("receiver")
def test_an_alert_or_a_clean_up_that_fails_is_logged_and_keeps_no_sync_from_its_report(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The next run makes up for both; a text that is not ours may quote the data."""

    def kept(*_: object) -> None:
        raise BusyError("The ledger is held by another process.")

    def broken(*_: object) -> None:
        raise RuntimeError("anna@example.com")

    monkeypatch.setattr(syncs, "tell_changes", kept)
    monkeypatch.setattr(syncs, "remove_snapshots", broken)
    world.publish(PEOPLE)

    assert _run(world).added == 2
    assert "The alert by webhook failed: The ledger is held" in caplog.text
    assert "Removing snapshots that nobody reads failed: Unforeseen RuntimeError" in caplog.text
    assert "anna" not in caplog.text


def test_a_channel_that_breaks_keeps_no_other_from_telling(
    world: World,
    receiver: Receiver,
    mailboxes: Mailboxes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Otherwise nobody would hear of it, run after run."""

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(AlertWebhook, "tell", broken)
    world.settings = world.settings.model_copy(update={"allow_hosts": f"{receiver.host},127.0.0.1"})
    world.publish(PEOPLE)
    with _refusing(world):
        _run(world)

    assert len(mailboxes.mails) == 1
