"""Dagster's event log in SQLite, without opening and syncing a file anew for each event."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from dagster._core.storage.event_log.sqlite.sqlite_event_log import (
    INDEX_SHARD_NAME,
    SqliteEventLogStorage,
)
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event

BUSY_SECONDS = 60


class SteadyEventLogStorage(SqliteEventLogStorage):
    """The same files and tables as Dagster's own storage, through connections that stay open.

    A run of this project has some 1,500 events, nearly all of them about models and tests.
    Dagster's own class opens, commits with a sync, and closes up to four connections for each:
    half a minute per run, where this takes a few seconds.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._found_tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> Self:
        """Build the storage from its entry in dagster.yaml."""
        return cls(inst_data=inst_data, **config_value)

    def has_table(self, table_name: str) -> bool:
        """Tell whether a table is there; Dagster asks this anew for each event of a check."""
        if table_name not in self._found_tables and super().has_table(table_name):
            self._found_tables.add(table_name)
        return table_name in self._found_tables

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).begin() as connection:
            yield connection

    def _engine(self, shard: str) -> Engine:
        engines = self._engines
        if shard in engines:
            return engines[shard]

        # Each run has a file of its own; those of former runs are seldom looked at again.
        for former in set(engines) - {INDEX_SHARD_NAME}:
            engines.pop(former).dispose()
        engines[shard] = create_engine(
            self.conn_string_for_shard(shard), connect_args={"timeout": BUSY_SECONDS}
        )
        event.listen(engines[shard], "connect", _relax)
        self._initdb(engines[shard], for_index_shard=shard == INDEX_SHARD_NAME)

        return engines[shard]


def _relax(connection: sqlite3.Connection, _record: object) -> None:
    """Sync at checkpoints only: a power cut may cost the last events, never the file."""
    connection.execute("pragma synchronous = normal")
