"""What SFTP promises, against a server that speaks it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import paramiko
import pytest

from orchestration.activation.destinations.files import CsvFiles
from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.activation.destinations.sftp import Connection, Target, connect
from orchestration.errors import UsageError
from orchestration.settings import Settings
from tests.contract.conftest import members_of
from tests.contract.servers.sftp import PASSWORD, USER, SftpServer
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import World

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}
OPERATIONS = (Operation("upsert", "p1", {"email": "анна@example.com"}),)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    """Return a server whose folder is there."""
    (tmp_path / "root" / "drop").mkdir(parents=True)
    with SftpServer(tmp_path / "root") as running:
        yield running


def _destination(server: SftpServer, **changes: object) -> CsvFiles:
    described = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": USER,
        "password": PASSWORD,
        "host_key": server.host_key,
        "dir": "drop",
    }
    return connect(Settings(allow_hosts="127.0.0.1"), Connection(**described | changes), Target())


def _send(destination: CsvFiles) -> object:
    payload = destination.render("carts", ("email",), OPERATIONS)
    with closing(destination):
        return destination.send(Batch("carts", "000001-aa", 1, "0123456789", OPERATIONS, payload))


def test_the_folder_holds_exactly_who_is_wanted(tmp_path: Path, server: SftpServer) -> None:
    """Added, removed, and added again, through connections that are cut."""
    world = World(tmp_path)
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    with closing(_destination(server)) as destination:
        world.destination = destination
        for people in (PEOPLE, {"p1": PEOPLE["p1"]}, PEOPLE):
            server.drops = 2
            destination.close()
            world.publish(people, dict.fromkeys(PEOPLE, True))
            assert world.run().status == "done"
            assert members_of(tmp_path / "root/drop/test_people") == set(people)
    assert broken_promises(world) == []


def test_a_repetition_leaves_the_file_alone(tmp_path: Path, server: SftpServer) -> None:
    """A consumer may be reading it."""
    _send(_destination(server))
    before = (tmp_path / "root/drop/carts/000001-aa.csv").stat().st_ino

    _send(_destination(server))

    assert (tmp_path / "root/drop/carts/000001-aa.csv").stat().st_ino == before
    assert not list((tmp_path / "root/drop/carts").glob(".*"))


def test_a_machine_with_another_key_gets_nothing(tmp_path: Path, server: SftpServer) -> None:
    """Not even a password."""
    other = paramiko.RSAKey.generate(2048)

    result = _send(_destination(server, host_key=f"ssh-rsa {other.get_base64()}"))

    assert (result.verdict, result.error_code) == (Verdict.AUTH, "host_key_differs")
    assert not list((tmp_path / "root/drop").iterdir())


def test_a_key_opens_it_too(tmp_path: Path) -> None:
    """Instead of a password."""
    (tmp_path / "root/drop").mkdir(parents=True)
    key = paramiko.RSAKey.generate(2048)
    key.write_private_key_file(str(tmp_path / "id"))
    with SftpServer(tmp_path / "root", key) as server:
        result = _send(_destination(server, password=None, key_file=tmp_path / "id"))

    assert result.verdict == Verdict.ANSWERED


def test_a_refused_login_stops_the_sync(server: SftpServer) -> None:
    """And says so without the password."""
    result = _send(_destination(server, password="wrong"))

    assert (result.verdict, result.error_code) == (Verdict.AUTH, "login_refused")


def test_a_folder_that_is_not_there_is_told(server: SftpServer) -> None:
    """The next run tries again."""
    assert _send(_destination(server, dir="gone")).verdict == Verdict.RETRY


@pytest.mark.parametrize("host_key", ["", "nonsense", "ssh-rsa !!!"])
def test_a_key_that_cannot_be_read_names_its_setting(server: SftpServer, host_key: str) -> None:
    """Nothing is taken on trust."""
    with pytest.raises(UsageError, match="ONEFOLD_SFTP_HOST_KEY"):
        _destination(server, host_key=host_key)


@pytest.mark.parametrize("content", [None, b"no key", b"\xff\x00", b""])
def test_a_key_file_without_a_usable_key_is_told(
    content: bytes | None, tmp_path: Path, server: SftpServer
) -> None:
    """A file of ours that is missing is not a file that is missing over there."""
    key_file = tmp_path / "key"
    if content is not None:
        key_file.write_bytes(content)

    with pytest.raises(UsageError, match="ONEFOLD_SFTP_KEY_FILE"):
        _destination(server, key_file=key_file)


def test_a_key_with_a_passphrase_is_told(tmp_path: Path, server: SftpServer) -> None:
    """Nobody is there to be asked for it."""
    key_file = tmp_path / "key"
    paramiko.RSAKey.generate(2048).write_private_key_file(str(key_file), password="secret-word")

    with pytest.raises(UsageError, match="without a passphrase"):
        _destination(server, key_file=key_file)
