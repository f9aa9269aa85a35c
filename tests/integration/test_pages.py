"""The pages beside the models: dbt-bouncer sees the columns they list, this sees the others."""

from typing import TYPE_CHECKING

import duckdb

from orchestration.transformation.manifest import read_manifest

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

COLUMNS = "select schema_name, table_name, column_name from duckdb_columns() where not internal"


def test_every_column_is_described(refreshed_home: "RefreshedHome") -> None:
    """What a table holds is said on its page, also where no contract asks for it."""
    manifest = read_manifest(refreshed_home.settings)
    described = {
        (node["schema"], node["alias"], name)
        for node in manifest["nodes"].values()
        for name, column in node["columns"].items()
        if column["description"].strip()
    }
    tables = {
        (node["schema"], node["alias"])
        for node in manifest["nodes"].values()
        if node["resource_type"] in {"model", "seed"}
    }
    with duckdb.connect(str(refreshed_home.settings.warehouse_path), read_only=True) as warehouse:
        columns = warehouse.execute(COLUMNS).fetchall()

    assert tables
    assert {column for column in columns if column[:2] in tables} <= described
