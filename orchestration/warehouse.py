"""Connections to DuckDB files: one set of session settings, errors that quote no data."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import BusyError, WarehouseError

# Settings of the session, not of `duckdb.connect`: within one process every connection to a
# file must be opened with the same configuration, and dbt opens it without any.
SESSION_SETTINGS = (
    "set TimeZone = 'UTC'",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    # Long statements would draw their progress into what a command prints for machines.
    "set enable_progress_bar = false",
)


def connect(path: Path | str, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file, or `:memory:`, with the settings every session shares.

    Args:
        path: File to open; it and its folder are made where they are missing.
        read_only: Share the file with other readers, and refuse a file that is missing.

    Raises:
        BusyError: another process holds the file.
        WarehouseError: the file is missing, damaged, or cannot be opened.
    """
    name = Path(path).name
    in_memory = str(path) == ":memory:"

    if read_only and not in_memory and not Path(path).is_file():
        raise WarehouseError(f"{name} does not exist yet; `onefold run` makes it.")
    if not read_only and not in_memory:
        Path(path).parent.mkdir(parents=True, exist_ok=True)

    connection = _open(path, name, read_only)
    prepare(connection)

    return connection


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the settings that every session shares."""
    connection.execute("; ".join(SESSION_SETTINGS))


def _open(path: Path | str, name: str, read_only: bool) -> duckdb.DuckDBPyConnection:
    with told_of_file(name):
        return duckdb.connect(str(path), read_only=read_only)


@contextmanager
def told_of_file(name: str) -> Iterator[None]:
    """Turn the error of a file that does not open into a sentence that names it.

    Raises:
        BusyError: another process holds the file.
        WarehouseError: the file is missing, damaged, or cannot be opened.
    """
    try:
        yield
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise BusyError(
                f"{name} is in use by another process; try again when that one has ended."
            ) from None
        raise WarehouseError(
            f"{name} cannot be opened ({type(error).__name__}): "
            "it is damaged, is no DuckDB file, or may not be written."
        ) from None


@contextmanager
def told_without_values(work: str) -> Iterator[None]:
    """Turn database errors into a sentence about the work, since their texts quote the data.

    Args:
        work: What was being done, as the start of a sentence: "Loading crm.contacts".

    Raises:
        WarehouseError: the database refused a statement.
    """
    try:
        yield
    except duckdb.Error as error:
        raise WarehouseError(f"{work} failed in the database ({type(error).__name__}).") from None


@contextmanager
def attached(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> Iterator[None]:
    """Let a connection read another DuckDB file under a name while the block runs.

    Raises:
        BusyError: another process holds the file.
        WarehouseError: the file is missing, damaged, or cannot be opened.
    """
    location = str(path).replace("'", "''")
    with told_of_file(path.name):
        connection.execute(f"attach '{location}' as {quoted(name)} (read_only)")
    try:
        yield
    finally:
        connection.execute(f"detach {quoted(name)}")


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the rows of a query, each as a mapping of its columns."""
    result = connection.execute(query, values or {})
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def quoted(name: str) -> str:
    """Return a name as an SQL identifier, whatever characters it holds."""
    return '"' + name.replace('"', '""') + '"'
