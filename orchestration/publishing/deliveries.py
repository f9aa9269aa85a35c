"""The account of deliveries in the published file, kept current between two publishes."""

from dataclasses import dataclass, field

import duckdb

from orchestration.activation.declarations import declared_syncs
from orchestration.activation.ledger import Ledger
from orchestration.errors import BusyError
from orchestration.publishing.publisher import (
    DELIVERY_TABLES,
    KEY_HOLDERS,
    READABLE,
    copy_descriptions,
)
from orchestration.publishing.reading import has_waterfall
from orchestration.publishing.replacement import replace_file
from orchestration.run_session import RunSession
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.transformation.manifest import (
    Manifest,
    Relation,
    compiled_query,
    is_compiled,
    read_manifest,
    relations,
)
from orchestration.warehouse import attached


@dataclass(frozen=True)
class Account:
    """What came of publishing the account."""

    # Row counts, by table; empty where nothing was published.
    row_counts: dict[str, int] = field(default_factory=dict)
    # Why the published file is still without these deliveries; the ledger has them.
    delay: str | None = None

    @property
    def is_current(self) -> bool:
        """Whether the published file has all deliveries, if there is one."""
        return self.delay is None


def publish_account(session: RunSession) -> Account:
    """Put the deliveries of a run into the published file, when it has its turn again.

    Where another run takes too long, they are left to that one, which publishes them with the
    account of its own deliveries; if it makes none, the next one that does.

    Raises:
        BuildError: a model of the account lost its compiled query meanwhile.
        WarehouseError: a statement was refused.
    """
    try:
        session.wait_for_turn()
        return Account(renew_activation(session.settings))
    except BusyError as error:
        return Account(
            delay=f"{error} Until the next deliveries the published account is without these."
        )


def renew_activation(settings: Settings) -> dict[str, int]:
    """Put the deliveries that the ledger holds now into the published file.

    The tables are made by the very SQL that dbt built and tested, run on the ledger of now; one
    that came with an update of onefold is made by the next build.

    Returns:
        Row counts, by table; empty where nothing was published yet.

    Raises:
        BuildError: a model of the account lost its compiled query meanwhile.
        BusyError: another process keeps the ledger for too long.
        WarehouseError: the ledger is missing or cannot be opened, or a statement was refused.
    """
    if not settings.published_path.is_file():
        return {}

    Ledger(settings).snapshot_to(settings.ledger_snapshot_path)
    manifest = read_manifest(settings)
    tables = [
        table
        for table in relations(manifest, "activation")
        if table.name in DELIVERY_TABLES and is_compiled(settings, table)
    ]
    row_counts: dict[str, int] = {}

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        with attached(connection, settings.ledger_snapshot_path, "ledger"):
            for table in tables:
                row_counts[table.name] = _rebuild(connection, settings, table)
        if has_waterfall(connection) and KEY_HOLDERS in row_counts:
            _renew_delivered_counts(connection, manifest)

    replace_file(settings.published_path, fill, READABLE, template=settings.published_path)
    return row_counts


def _rebuild(connection: duckdb.DuckDBPyConnection, settings: Settings, table: Relation) -> int:
    query = compiled_query(settings, table)
    connection.execute("create schema if not exists activation")
    connection.execute(f"create or replace table {table.sql_name} as {query}")
    row_count = connection.fetchall()[0][0]
    copy_descriptions(connection, table)

    return int(row_count)


def _renew_delivered_counts(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Bring the last step of each audience's waterfall up to date."""
    syncs: dict[str, list[str]] = {}
    for sync in declared_syncs(manifest):
        if sync.audience:
            syncs.setdefault(sync.audience, []).append(sync.name)

    for audience, names in syncs.items():
        scope = {"audience": audience, "syncs": names}
        connection.execute(statement(__package__, "renew_delivered_counts"), scope)
