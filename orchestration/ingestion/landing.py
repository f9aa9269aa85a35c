"""The tables that loading fills: raw, quarantine, and the notes about runs and files."""

import duckdb

from orchestration.ingestion.catalog import LandingTable, read_own_tables
from orchestration.warehouse import quoted

QUARANTINE_SCHEMA = "quarantine"

LINEAGE_TYPES = {
    "_file_name": "text",
    "_line_number": "bigint",
    "_load_number": "bigint",
    "_row_digest": "text",
}
QUARANTINE_TYPES = {
    "run_id": "text",
    "file_name": "text",
    "line_number": "bigint",
    "column_name": "text",
    "reason": "text",
    "raw_row": "text",
}


def raw_relation(table: LandingTable) -> str:
    """Return where the readable rows of a table are kept."""
    return f"{quoted(raw_schema(table.source))}.{quoted(table.name)}"


def quarantine_relation(table: LandingTable) -> str:
    """Return where the other rows of a table are kept."""
    return f"{QUARANTINE_SCHEMA}.{quoted(f'{table.source}_{table.name}')}"


def raw_schema(source: str) -> str:
    """Return the schema of a source."""
    return f"raw_{source}"


def ensure_own_tables(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of runs and loaded files where they are missing."""
    for table in read_own_tables():
        types = {column.name: column.data_type for column in table.columns}
        warehouse.execute(f"create schema if not exists {quoted(raw_schema(table.source))}")
        _ensure(warehouse, raw_relation(table), types)


def ensure_landing_tables(
    warehouse: duckdb.DuckDBPyConnection, tables: tuple[LandingTable, ...] | list[LandingTable]
) -> None:
    """Make the raw and quarantine tables, and their columns, where they are missing.

    The build reads all of them, whatever the files of a run hold.
    """
    warehouse.execute(f"create schema if not exists {QUARANTINE_SCHEMA}")
    for schema in sorted({raw_schema(table.source) for table in tables}):
        warehouse.execute(f"create schema if not exists {quoted(schema)}")

    for table in tables:
        types = {column.name: "text" for column in table.columns} | LINEAGE_TYPES
        _ensure(warehouse, raw_relation(table), types)
        _ensure(warehouse, quarantine_relation(table), QUARANTINE_TYPES)


def add_text_column(warehouse: duckdb.DuckDBPyConnection, relation: str, column: str) -> None:
    """Add a column that a file brought and the catalog does not know."""
    warehouse.execute(f"alter table {relation} add column {quoted(column)} text")


def _ensure(warehouse: duckdb.DuckDBPyConnection, relation: str, types: dict[str, str]) -> None:
    columns = ", ".join(f"{quoted(name)} {data_type}" for name, data_type in types.items())
    warehouse.execute(f"create table if not exists {relation} ({columns})")

    present = warehouse.table(relation).columns
    for name, data_type in types.items():
        if name not in present:
            warehouse.execute(f"alter table {relation} add column {quoted(name)} {data_type}")
