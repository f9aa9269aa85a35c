"""What a PostgreSQL table promises, against PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.postgres import (
    Connection,
    PostgresTable,
    Target,
    connect,
    limits,
)
from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.errors import UsageError
from orchestration.settings import Settings
from tests.contract.servers.certificates import NAME, certificate
from tests.contract.servers.processes import installed, postgres
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import KilledError, World

pytestmark = installed("postgres")

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Return the port of a server."""
    with postgres() as running:
        yield running


@pytest.fixture
def database(port: int) -> Iterator[psycopg.Connection]:
    """Return a session on a database with an empty table."""
    described = f"host=127.0.0.1 port={port} user=onefold dbname=postgres"
    with psycopg.connect(described, autocommit=True) as session:
        session.execute("drop schema if exists crm cascade")
        session.execute("create schema crm")
        session.execute(
            "create table crm.people (person_id text primary key, "
            "email text check (email <> 'bad'), score numeric, note text default 'kept')"
        )
        yield session


def _table(port: int, **target: str) -> PostgresTable:
    return _table_at(_connection(port=port), **target)


def _connection(**changes: object) -> Connection:
    described = {"host": "127.0.0.1", "database": "postgres", "user": "onefold"}
    return Connection(**described | {"password": "secret-word"} | changes)


def _table_at(connection: Connection, **target: str) -> PostgresTable:
    described = Target(**{"schema": "crm", "table": "people"} | target)
    return connect(Settings(allow_hosts=f"127.0.0.1,{NAME}"), connection, described)


@pytest.fixture
def world(tmp_path: Path, port: int, database: psycopg.Connection) -> Iterator[World]:
    """Return a company that delivers into the table."""
    world = World(tmp_path)
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    world.members = lambda: {
        key for (key,) in database.execute("select person_id from crm.people").fetchall()
    }
    with closing(_table(port)) as table:
        world.destination = table
        yield world
    assert broken_promises(world) == []


def _send(table: PostgresTable, *operations: Operation, key: str = "k1") -> object:
    payload = table.render("people", tuple(operations[0].fields), operations)
    return table.send(Batch("people", "000001-aa", 1, key, operations, payload))


def test_the_table_holds_exactly_who_is_wanted(world: World) -> None:
    """Added, changed, removed, and added again."""
    for people in (PEOPLE, PEOPLE | {"p1": "new@example.com"}, {"p1": PEOPLE["p1"]}, PEOPLE):
        world.publish(people, dict.fromkeys(PEOPLE, True))
        assert world.run().status == "done"
        assert world.members() == set(people) == world.held()


def test_a_text_that_no_table_takes_stops_nobody_else(world: World) -> None:
    """A NUL in an address, or in the key itself."""
    world.publish(PEOPLE | {"p7": "nul\0@example.com", "p\0008": "8@example.com"})

    report = world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 5, 2)
    assert world.members() == PEOPLE.keys()


def test_a_table_that_somebody_locks_is_tried_again(
    port: int, database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alteration may take hours, and the process would wait as long."""
    monkeypatch.setattr(limits, "LOCK_SECONDS", 1)
    database.execute("set idle_in_transaction_session_timeout = '15s'")
    database.execute("begin; lock table crm.people in access exclusive mode")
    operation = Operation("upsert", "p1", {"email": "1@example.com"})

    with closing(_table(port)) as table:
        result = _send(table, operation)
        assert (result.verdict, result.error_code) == (Verdict.RETRY, "sqlstate_55P03")

        database.execute("rollback")
        assert _send(table, operation).verdict == Verdict.ANSWERED


def test_a_batch_is_applied_once(world: World, database: psycopg.Connection) -> None:
    """Its mark is in the transaction that did the work, so a kill in between is no matter."""
    world.publish(PEOPLE)
    send = world.destination.send

    def killed(batch: Batch) -> None:
        send(batch)
        world.destination.send = send
        raise KilledError

    world.destination.send = killed
    with pytest.raises(KilledError):
        world.run()
    database.execute("update crm.people set email = 'by hand' where person_id = 'p1'")

    assert world.run().status == "done"
    (email,) = database.execute("select email from crm.people where person_id = 'p1'").fetchone()
    assert email == "by hand"


def test_other_columns_stay(port: int, database: psycopg.Connection) -> None:
    """Only those of the sync model are written, and only where they differ."""
    with closing(_table(port)) as table:
        row = {"email": "о’нил\t\\N@example.com", "score": 1.5}
        assert _send(table, Operation("upsert", "p1", row)).verdict == Verdict.ANSWERED
        before = database.execute("select xmin, note from crm.people").fetchone()
        _send(table, Operation("upsert", "p1", row), key="k2")

    after = database.execute("select xmin, note, email, score::float from crm.people").fetchone()
    assert after == (*before, row["email"], 1.5)
    assert before[1] == "kept"


def test_a_value_that_does_not_fit_is_found(world: World) -> None:
    """The others are delivered, and the reason is a code."""
    world.publish(PEOPLE | {"p1": "bad"})

    report = world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 4, 1)
    assert world.members() == set(PEOPLE) - {"p1"}


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({"table": "gone"}, "sqlstate_42P01"),
        ({"key": "email"}, "sqlstate_42703"),
        ({"key": "note"}, "sqlstate_42P10"),
    ],
)
def test_a_table_that_does_not_fit_stops_the_sync(
    port: int, database: psycopg.Connection, target: dict[str, str], code: str
) -> None:
    """No row is at fault."""
    database.execute("alter table crm.people rename column email to mail")
    with closing(_table(port, **target)) as table:
        result = _send(table, Operation("upsert", "p1", {"score": 1}))

    assert (result.verdict, result.error_code) == (Verdict.MISCONFIGURED, code)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    """And says so without the password."""
    with closing(_table(1)) as table:
        result = _send(table, Operation("remove", "p1"))

    assert (result.verdict, result.error_code) == (Verdict.RETRY, "not_connected")


def test_a_listed_server_whose_authority_is_named_must_prove_itself(
    tmp_path: Path, port: int, database: psycopg.Connection
) -> None:
    """The plain one gets nothing; the one with the certificate for the name gets the rows."""
    proof = certificate(tmp_path)
    operations = (Operation("upsert", "p1", {"email": "a@example.com"}),)
    with postgres(proof) as secure:
        with psycopg.connect(f"host=127.0.0.1 port={secure} user=onefold dbname=postgres") as made:
            made.execute("create schema crm")
            made.execute("create table crm.people (person_id text primary key, email text)")
        verdicts = []
        for host, number in ((NAME, port), ("127.0.0.1", secure), (NAME, secure)):
            described = _connection(host=host, port=number, root_certificate=proof.path)
            with closing(_table_at(described)) as table:
                verdicts.append(_send(table, *operations).verdict)

    assert verdicts == [Verdict.RETRY, Verdict.RETRY, Verdict.ANSWERED]
    assert database.execute("select count(*) from crm.people").fetchone() == (0,)


def test_names_are_checked_when_the_declaration_is_read() -> None:
    """What is no plain name gets nowhere near a statement."""
    with pytest.raises(ValueError, match="pattern"):
        Target(table='people"; drop table people; --')


def test_a_private_host_needs_the_word_of_the_operator() -> None:
    """As for every destination."""
    connection = Connection(host="10.0.0.5", database="d", user="u", password="p")

    with pytest.raises(UsageError, match="ONEFOLD_POSTGRES_HOST is a private address"):
        connect(Settings(), connection, Target(table="people"))


def _in(world: World, port: int, mode: Mode, **target: str) -> World:
    world.declaration = world.declaration.model_copy(update={"mode": mode})
    world.destination = _table(port, **target)
    return world


def _emails(database: psycopg.Connection) -> dict[str, str]:
    return dict(database.execute("select person_id, email from crm.people").fetchall())


def test_update_only_touches_what_the_table_has(
    world: World, port: int, database: psycopg.Connection
) -> None:
    """Nobody is made, and whoever comes later is found later."""
    database.execute("insert into crm.people (person_id, email) values ('p1', 'old@example.com')")
    with closing(_in(world, port, "update").destination):
        world.publish(PEOPLE)
        report = world.run()
        assert (report.status, _emails(database)) == ("done", {"p1": PEOPLE["p1"]})

        database.execute("insert into crm.people (person_id) values ('p2')")
        world.after(hours=1)
        world.run()
    assert _emails(database) == {key: PEOPLE[key] for key in ("p1", "p2")}


def test_insert_leaves_what_the_table_has(
    world: World, port: int, database: psycopg.Connection
) -> None:
    """Whoever is there stays as they are."""
    database.execute("insert into crm.people (person_id, email) values ('p1', 'old@example.com')")
    with closing(_in(world, port, "insert").destination):
        world.publish(PEOPLE)
        world.run()

    assert _emails(database) == PEOPLE | {"p1": "old@example.com"}


def test_append_adds_a_row_each_time(world: World, port: int, database: psycopg.Connection) -> None:
    """The table needs no key; a withdrawal takes out all rows of a person."""
    database.execute("alter table crm.people drop constraint people_pkey")
    with closing(_in(world, port, "append").destination):
        world.publish(PEOPLE)
        world.run()
        world.publish(PEOPLE | {"p1": "new@example.com"})
        world.run()
        counted = "select count(*) from crm.people where person_id = 'p1'"
        assert database.execute(counted).fetchall() == [(2,)]

        world.publish({"p2": PEOPLE["p2"]}, {"p1": False, "p2": True})
        world.run()
    assert database.execute(counted).fetchall() == [(0,)]


def test_who_leaves_is_archived_until_they_are_back(
    world: World, port: int, database: psycopg.Connection
) -> None:
    """The row stays, with the time."""
    database.execute("alter table crm.people add column archived_at timestamptz")
    archived = "select person_id from crm.people where archived_at is not null"
    with closing(_in(world, port, "archive", archived_at="archived_at").destination):
        for people, gone in ((PEOPLE, set()), ({"p1": PEOPLE["p1"]}, set(PEOPLE) - {"p1"})):
            world.publish(people, dict.fromkeys(PEOPLE, True))
            world.run()
            assert {key for (key,) in database.execute(archived).fetchall()} == gone
        world.publish(PEOPLE)
        world.run()

    assert (database.execute(archived).fetchall(), set(_emails(database))) == ([], set(PEOPLE))
