"""A PostgreSQL table as a destination."""

from collections.abc import Sequence
from typing import LiteralString

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Composed, Identifier

from orchestration.activation.addresses import Addresses, NotSentError
from orchestration.activation.destinations.postgres import limits
from orchestration.activation.destinations.postgres.answers import refused_connection, result_of
from orchestration.activation.destinations.postgres.payload import (
    ABSENT,
    ARCHIVE,
    PUT,
    TAKE_OUT,
    UPSERT,
    Rows,
    rows,
)
from orchestration.activation.destinations.postgres.settings import Connection, Target
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.settings import Settings

MARK_BATCH: LiteralString = """
create table if not exists {schema}.onefold_applied_batches (
    batch_id text primary key,
    sync text not null,
    applied_at timestamptz not null default now()
)
"""
# Told by statement, since poolers refuse options of a session.
LIMIT_WAITING: LiteralString = "set local lock_timeout = {}"


class PostgresTable:
    """Each batch is one transaction with a mark in it, so that a repetition changes nothing."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    mixes_operations = True

    def __init__(self, addresses: Addresses, connection: Connection, target: Target) -> None:
        self._addresses = addresses
        self._connection = connection
        self._target = target
        self._names = {
            "schema": Identifier(target.schema_name),
            "table": Identifier(target.schema_name, target.table),
            "key": Identifier(target.key),
            "archived_at": Identifier(target.archived_at or ""),
        }
        self._session: psycopg.Connection | None = None

    def render(
        self,
        sync: str,  # noqa: ARG002 - the table stands for it
        fields: Sequence[str],
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the rows."""
        return rows(fields, operations)

    def send(self, batch: Batch) -> BatchResult:
        """Apply the batch, unless its mark is there."""
        try:
            session = self._connected()
        except (psycopg.Error, NotSentError) as error:
            return refused_connection(error)
        try:
            with session.transaction(), session.cursor() as cursor:
                absent = self._apply(cursor, batch)
        except psycopg.Error as error:
            self.close()
            return result_of(error)
        return BatchResult(Verdict.ANSWERED, absent=absent)

    def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            self._session.close()
        self._session = None

    def _apply(self, cursor: psycopg.Cursor, batch: Batch) -> list[str]:
        change = Rows.model_validate_json(batch.payload)
        cursor.execute(SQL(LIMIT_WAITING).format(limits.LOCK_SECONDS * 1000))
        if not self._is_marked(cursor, batch):
            self._delete(cursor, change.unwanted)
            self._put(cursor, change)
            self._move(cursor, change)
        return self._absent(cursor, change)

    def _is_marked(self, cursor: psycopg.Cursor, batch: Batch) -> bool:
        """Put the mark of the batch, and return whether it was there."""
        cursor.execute(self._text(MARK_BATCH))
        forget = (
            "delete from {schema}.onefold_applied_batches "
            "where applied_at < now() - make_interval(days => %s)"
        )
        cursor.execute(self._text(forget), [limits.REMEMBERED_DAYS])
        mark = (
            "insert into {schema}.onefold_applied_batches (batch_id, sync) values (%s, %s) "
            "on conflict do nothing"
        )
        cursor.execute(self._text(mark), [batch.idempotency_key, batch.sync])
        return cursor.rowcount == 0

    def _delete(self, cursor: psycopg.Cursor, keys: list[str]) -> None:
        delete = "delete from {table} where {key} = any(%s)"
        cursor.execute(self._text(delete), [keys])

    def _put(self, cursor: psycopg.Cursor, change: Rows) -> None:
        columns = [self._names["key"], *map(Identifier, change.columns)]
        named = {"columns": SQL(", ").join(columns), "excluded": _excluded(change.columns)}
        # The columns of the table, so that a value that does not fit is told as one.
        incoming = (
            "create temp table onefold_incoming on commit drop as "
            "select {columns} from {table} with no data"
        )
        cursor.execute(self._text(incoming, **named))
        with cursor.copy(
            self._text("copy onefold_incoming ({columns}) from stdin", **named)
        ) as copy:
            for row in change.wanted:
                copy.write_row(row)

        fields = [Identifier(column) for column in change.columns]
        named["fields"] = SQL(", ").join(fields)
        named["held"] = SQL(", ").join(Identifier("held", column) for column in change.columns)
        put = PUT.get(change.mode, UPSERT if fields else PUT["insert"])
        if fields or change.mode != "update":
            cursor.execute(self._text(put, **named))

    def _move(self, cursor: psycopg.Cursor, change: Rows) -> None:
        """Put into the archive whoever leaves, and take out of it whoever is back."""
        for text, keys in ((ARCHIVE, change.archived), (TAKE_OUT, change.wanted_keys)):
            if self._target.archived_at and keys:
                cursor.execute(self._text(text), [keys])

    def _absent(self, cursor: psycopg.Cursor, change: Rows) -> list[str]:
        """Return the keys that an update found no row for."""
        if change.mode != "update":
            return []
        cursor.execute(self._text(ABSENT), [change.wanted_keys])
        return [key for (key,) in cursor.fetchall()]

    def _text(self, text: LiteralString, **named: Composed) -> Composed:
        return SQL(text).format(**self._names, **named)

    def _connected(self) -> psycopg.Connection:
        if self._session is None or self._session.closed:
            self._session = self._opened()
        return self._session

    def _opened(self) -> psycopg.Connection:
        connection = self._connection
        # Plain only where the operator vouches for the host.
        is_listed = self._addresses.is_listed(connection.host, connection.port)
        described: dict[str, str | int] = {
            "host": connection.host,
            "hostaddr": self._addresses.resolve(connection.host, connection.port),
            "port": connection.port,
            "dbname": connection.database,
            "user": connection.user,
            "password": connection.password.get_secret_value(),
            "connect_timeout": limits.CONNECT_SECONDS,
            "application_name": "onefold",
            **limits.KEEPALIVES,
        }
        if not is_listed or connection.root_certificate:
            described["sslmode"] = "verify-full"
            described["sslrootcert"] = str(connection.root_certificate or "system")
        return psycopg.connect(make_conninfo("", **described))


def connect(settings: Settings, connection: Connection, target: Target) -> PostgresTable:
    """Return the table as the environment and the declaration describe it.

    Raises:
        UsageError: the host is private and not listed.
    """
    addresses = Addresses(settings.allow_hosts)
    addresses.check(connection.host, connection.port, connection.variable("host"))
    return PostgresTable(addresses, connection, target)


def _excluded(columns: Sequence[str]) -> Composed:
    return SQL(", ").join(Identifier("excluded", column) for column in columns)
