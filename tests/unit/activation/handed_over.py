"""Files as a publish hands them over to the syncs, each made once and then copied."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from orchestration.activation.ledger import Digester
from orchestration.activation.snapshots import digest_rows
from orchestration.warehouse import connect

# Most tests hand over the same few people, and to write a file of them takes as long as a run.
KEPT_FILES = 64

Table = tuple[str, tuple[tuple[str, tuple[object, ...]], ...]]


def table(name: str, **columns: Iterable[object]) -> Table:
    """Return a table of texts, or of truths or moments, where a column is named so."""
    return name, tuple((column, tuple(values)) for column, values in columns.items())


@lru_cache(KEPT_FILES)
def file_of(tables: tuple[Table, ...], digested: str | None = None, key: bytes = b"") -> bytes:
    """Return a DuckDB file of tables; beside one of them lie the digests of its rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "handed_over.duckdb"
        with _new_file(path) as connection:
            for name, columns in tables:
                _create(connection, name, columns)
            if digested:
                digest_rows(connection, Digester(key), [digested])
        return path.read_bytes()


@contextmanager
def _new_file(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Make a file within the one engine of this process: each of its own takes longer to start."""
    name = path.parent.name
    with _engine().cursor() as connection:
        connection.execute(f"attach '{path}' as {name}; use {name}")
        yield connection
        connection.execute(f"use memory; detach {name}")


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return connect(":memory:")


def _create(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Iterable[tuple[str, tuple[object, ...]]],
) -> None:
    schema, values = pa.schema({each: _kind(each) for each, _ in columns}), dict(columns)
    connection.register("rows", pa.table([list(each) for each in values.values()], schema=schema))
    connection.execute(f"create schema if not exists {name.partition('.')[0]}")
    connection.execute(f"create table {name} as from rows")
    connection.unregister("rows")


def _kind(column: str) -> pa.DataType:
    if column.startswith("is_"):
        return pa.bool_()
    return pa.timestamp("us") if column.endswith("_at") else pa.string()
