"""What HTTPS addresses have to prove, and what becomes of an answer that breaks off within TLS."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orchestration.activation.destinations.webhook import (
    Connection,
    Target,
    WebhookDestination,
    connect,
)
from orchestration.activation.outbound import NotSentError, OutboundClient
from orchestration.settings import Settings
from tests.contract.loopback import Fault
from tests.contract.scripted_server import ScriptedServer
from tests.contract.servers.certificates import NAME, Certificate, certificate
from tests.contract.test_webhook import PASSING_FAULTS, PEOPLE
from tests.unit.activation.world import World


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Return the certificate of the receiver."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(proof: Certificate) -> Iterator[ScriptedServer]:
    """Return a receiver that speaks TLS."""
    with ScriptedServer(tls=proof.context()) as running:
        yield running


def _client(root_certificate: Path | None) -> OutboundClient:
    return OutboundClient(
        allow_hosts=f"{NAME},127.0.0.1",
        timeout_seconds=0.5,
        max_answer_bytes=10_000,
        root_certificate=root_certificate,
    )


def _port(server: ScriptedServer) -> str:
    return server.host.rpartition(":")[2]


@pytest.mark.parametrize(("name", "is_known"), [(NAME, False), ("127.0.0.1", True)])
def test_a_server_that_does_not_prove_its_name_is_told_nothing(
    server: ScriptedServer, proof: Certificate, name: str, is_known: bool
) -> None:
    """Nobody known vouches for it, or it is vouched for under another name."""
    with (
        closing(_client(proof.path if is_known else None)) as client,
        pytest.raises(NotSentError) as refused,
    ):
        client.post(f"https://{name}:{_port(server)}/batches", {}, b"secret")

    assert refused.value.code == "unproven"
    assert server.requests == []


@pytest.mark.parametrize("fault", PASSING_FAULTS.values(), ids=PASSING_FAULTS)
def test_a_passing_fault_within_tls_has_one_effect(
    tmp_path: Path, server: ScriptedServer, proof: Certificate, fault: Fault
) -> None:
    """The same as without TLS, whose end may be missing too."""
    world = World(tmp_path)
    address = f"https://{NAME}:{_port(server)}/batches"
    server.faults = [fault]
    world.publish(PEOPLE)

    with closing(WebhookDestination(_client(proof.path), address, "any")) as destination:
        world.destination = destination
        report = world.run()

    assert (report.status, report.added, report.rejected) == ("done", 4, 0)
    assert set(server.members) == set(PEOPLE)
    assert len(server.batch_ids) == 2
    assert len(set(server.batch_ids)) == 1


def test_the_authority_that_the_environment_names_vouches_for_a_webhook(
    tmp_path: Path,
    server: ScriptedServer,
    proof: Certificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beside those that everybody knows."""
    monkeypatch.setenv("ONEFOLD_HTTPS_ROOT_CERTIFICATE", str(proof.path))
    settings = Settings(home=tmp_path, allow_hosts=NAME)
    address = Connection(url=f"https://{NAME}:{_port(server)}/batches", secret="any")
    world = World(tmp_path)
    world.publish(PEOPLE)

    with closing(connect(settings, address, Target())) as destination:
        world.destination = destination

        assert world.run().added == len(PEOPLE)
