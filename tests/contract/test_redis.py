"""What a Redis profile store promises, against Redis."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis as driver

from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.activation.destinations.redis import Connection, RedisProfiles, Target, connect
from orchestration.settings import Settings
from tests.contract.servers.certificates import NAME, certificate
from tests.contract.servers.processes import free_port, installed, redis
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import World

pytestmark = installed("redis-server")

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}
MEMBERS = "onefold:{vip}:members"
PASSWORD = "secret-word"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Return the port of an empty server."""
    with redis(tmp_path, "--requirepass", PASSWORD) as running:
        yield running


@pytest.fixture
def client(port: int) -> Iterator[driver.Redis]:
    """Return a look at the server."""
    with closing(driver.Redis(port=port, password=PASSWORD, decode_responses=True)) as looking:
        yield looking


def _store(port: int, **changes: object) -> RedisProfiles:
    described = {"host": "127.0.0.1", "port": port, "password": PASSWORD} | changes
    return connect(
        Settings(allow_hosts=f"127.0.0.1:{port},localhost"),
        Connection(**described),
        Target(audience="vip"),
    )


def _send(store: RedisProfiles, *operations: Operation) -> object:
    payload = store.render("people", (), operations)
    with closing(store):
        return store.send(Batch("people", "000001-aa", 1, "k", operations, payload))


def test_the_store_holds_exactly_who_is_wanted(
    tmp_path: Path, port: int, client: driver.Redis
) -> None:
    """Members and profiles alike; whoever leaves leaves nothing."""
    world = World(tmp_path)
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    with closing(_store(port)) as store:
        world.destination = store
        for people in (PEOPLE, PEOPLE | {"p1": "new@example.com"}, {"p1": PEOPLE["p1"]}, PEOPLE):
            world.publish(people, dict.fromkeys(PEOPLE, True))
            assert world.run().status == "done"
            profiles = client.keys("onefold:{vip}:profile:*")
            assert client.smembers(MEMBERS) == set(people) == world.held()
            assert {client.hget(key, "email") for key in profiles} == set(people.values())
    assert broken_promises(world) == []


def test_a_field_that_left_the_model_leaves_the_profile(port: int, client: driver.Redis) -> None:
    """Values that are no text are JSON, and blanks are no fields."""
    profile = "onefold:{vip}:profile:p1"
    _send(_store(port), Operation("upsert", "p1", {"city": "Москва", "rfm": 5, "is_vip": True}))
    assert client.hgetall(profile) == {"city": "Москва", "rfm": "5", "is_vip": "true"}

    _send(_store(port), Operation("upsert", "p1", {"rfm": None}))

    assert client.hgetall(profile) == {}
    assert client.smembers(MEMBERS) == {"p1"}


def test_a_key_of_another_kind_stops_the_sync(port: int, client: driver.Redis) -> None:
    """Somebody else's value is not written over."""
    client.set(MEMBERS, "not ours")

    result = _send(_store(port), Operation("upsert", "p1", {"a": "b"}))

    assert (result.verdict, result.error_code) == (Verdict.MISCONFIGURED, "wrongtype")
    assert client.get(MEMBERS) == "not ours"


@pytest.mark.parametrize(
    ("settings", "verdict", "code"),
    [
        (["CONFIG", "SET", "maxmemory", "1"], Verdict.MISCONFIGURED, "oom"),
        (["ACL", "SETUSER", "default", "-hset"], Verdict.AUTH, "noperm"),
        (["REPLICAOF", "127.0.0.1", "1"], Verdict.RETRY, "readonly"),
    ],
)
def test_what_redis_says_is_told_without_the_row(
    settings: list[str], verdict: Verdict, code: str, port: int, client: driver.Redis
) -> None:
    """The driver quotes the command, in which a name may be in capitals."""
    client.execute_command(*settings)

    result = _send(_store(port), Operation("upsert", "p1", {"first_name": "ANNA", "city": "Ulm"}))

    assert (result.verdict, result.error_code) == (verdict, code)


def test_a_wrong_password_stops_the_sync(port: int) -> None:
    """And is not told."""
    result = _send(_store(port, password="wrong"), Operation("remove", "p1"))

    assert (result.verdict, result.error_code) == (Verdict.AUTH, "login_refused")


def test_a_server_that_is_not_there_is_tried_again() -> None:
    """A transaction may be done when its answer is lost; it can be repeated."""
    result = _send(_store(1), Operation("remove", "p1"))

    assert result.verdict == Verdict.AMBIGUOUS


def test_the_certificate_must_be_for_the_name(tmp_path: Path) -> None:
    """The connection goes to the address that was checked; the name is what is proven."""
    proof = certificate(tmp_path)
    secure = free_port()
    tls = ["--tls-port", str(secure), "--tls-auth-clients", "no", "--requirepass", PASSWORD]
    tls += ["--tls-cert-file", str(proof.path), "--tls-key-file", str(proof.key_path)]
    tls += ["--tls-ca-cert-file", str(proof.path)]

    with redis(tmp_path, *tls):
        proven = _store(secure, host=NAME, root_certificate=proof.path)
        unproven = _store(secure, host="127.0.0.1", root_certificate=proof.path)
        operation = Operation("upsert", "p1", {"a": "b"})

        assert _send(proven, operation).verdict == Verdict.ANSWERED
        assert _send(unproven, operation).verdict == Verdict.AMBIGUOUS
