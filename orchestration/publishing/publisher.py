"""Publishing: readers get a file of their own, and syncs one that only they may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.activation.ledger import Digester, Ledger
from orchestration.activation.snapshots import digest_rows
from orchestration.activation.syncs import release_snapshots
from orchestration.ingestion.runs import Run
from orchestration.publishing.replacement import replace_file
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.transformation.gate import require_passed_tests
from orchestration.transformation.manifest import Relation, read_manifest, relations
from orchestration.warehouse import attached, quoted

READABLE = 0o644
OWNER_ONLY = 0o600

# Of the schema `activation` only these are for readers: the sync models hold contact details.
KEY_HOLDERS = "key_holders"
DELIVERY_TABLES = ("deliveries", "delivered_state", "pending_deliveries", KEY_HOLDERS)


@dataclass(frozen=True)
class PublishedFile:
    """What came of a publish."""

    path: Path
    snapshot_path: Path
    table_count: int
    row_count: int


def publish(settings: Settings, run: Run) -> PublishedFile:
    """Replace the published file by the marts of the warehouse, and keep what syncs read.

    Raises:
        BuildError: a test of the last build did not pass or gave no result.
        WarehouseError: a table of the warehouse could not be copied.
    """
    manifest = read_manifest(settings)
    require_passed_tests(settings, manifest)
    marts = relations(manifest, "marts")
    activation = relations(manifest, "activation")
    published = marts + [table for table in activation if table.name in DELIVERY_TABLES]
    row_counts: list[int] = []

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        row_counts.extend(_copy_tables(connection, settings, published))
        _write_run(connection, run, settings.clock())

    # The snapshot comes first: a sync must never find a published run without its snapshot.
    snapshot_path = _keep_snapshot(settings, run, marts, activation)
    replace_file(settings.published_path, fill, READABLE)
    release_snapshots(settings)

    return PublishedFile(
        path=settings.published_path,
        snapshot_path=snapshot_path,
        table_count=len(row_counts) + 1,
        row_count=sum(row_counts) + 1,
    )


def _keep_snapshot(
    settings: Settings, run: Run, marts: Sequence[Relation], activation: Sequence[Relation]
) -> Path:
    tables = [table for table in activation if table.name.startswith("sync_")]
    tables += [table for table in marts if table.name == "consents"]
    path = settings.snapshots_path / f"{run.run_id}.duckdb"

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        _copy_tables(connection, settings, tables)
        spell_out_amounts(connection)
        models = [table.name for table in tables if table.name.startswith("sync_")]
        digest_rows(connection, Digester(Ledger(settings).key()), models)

    replace_file(path, fill, OWNER_ONLY)
    return path


def spell_out_amounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Turn decimals into text: as JSON numbers they would become doubles, 600.00 become 600.0."""
    amounts = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where not internal and data_type like 'DECIMAL%'"
    ).fetchall()
    for schema, table, column in amounts:
        connection.execute(
            f"alter table {quoted(schema)}.{quoted(table)} alter column {quoted(column)} type text"
        )


def _copy_tables(
    connection: duckdb.DuckDBPyConnection, settings: Settings, tables: Sequence[Relation]
) -> list[int]:
    """Copy tables with their descriptions, and return how many rows each has."""
    row_counts = []
    with attached(connection, settings.warehouse_path, "warehouse"):
        for table in tables:
            name = table.sql_name
            connection.execute(f"create schema if not exists {quoted(table.schema)}")
            connection.execute(f"create table {name} as from warehouse.{name}")
            row_counts.append(connection.fetchall()[0][0])
            copy_descriptions(connection, table)

    return row_counts


def copy_descriptions(connection: duckdb.DuckDBPyConnection, table: Relation) -> None:
    """Carry the descriptions of the dbt project over, so that BI tools show them."""
    connection.execute(f"comment on table {table.sql_name} is {_literal(table.description)}")

    for column, description in table.columns.items():
        target = f"{table.sql_name}.{quoted(column)}"
        connection.execute(f"comment on column {target} is {_literal(description)}")


def _literal(text: str) -> str:
    return "'" + text.strip().replace("'", "''") + "'"


def _write_run(connection: duckdb.DuckDBPyConnection, run: Run, finished_at: datetime) -> None:
    connection.execute("create schema if not exists marts")
    connection.execute(
        "create table marts.run "
        "(run_id text, started_at timestamp, finished_at timestamp, onefold_version text)"
    )
    connection.execute(
        statement(__package__, "record_run"),
        {
            "run_id": run.run_id,
            "started_at": run.started_at,
            "finished_at": finished_at,
            "onefold_version": run.onefold_version,
        },
    )
    connection.execute(
        "comment on table marts.run is 'The run that made this file. One row. With ONEFOLD_NOW "
        "the clock stands still, so that a run ends at the moment when it started.'"
    )
