"""The limit up to which bad rows are a nuisance and not a broken export."""

from collections.abc import Collection
from pathlib import Path

import duckdb
import yaml

from orchestration.errors import BadFileError
from orchestration.settings import PROJECT_DIR
from orchestration.statements import statement

PROJECT_FILE = PROJECT_DIR / "dbt_project.yml"


def check_shares(
    warehouse: duckdb.DuckDBPyConnection,
    present: Collection[str],
    project_file: Path = PROJECT_FILE,
) -> None:
    """Stop where too large a part of a table is in quarantine.

    Args:
        warehouse: The warehouse, loaded.
        present: The files of the raw folder: one that was taken away, to be replaced by another,
            stops nothing more.
        project_file: Where the limits stand, as variables that the dbt project tests by, too.

    Raises:
        BadFileError: more rows of a table, and more of a hundred, than are tolerated.
    """
    variables = yaml.safe_load(project_file.read_text(encoding="utf-8"))["vars"]
    broken = warehouse.execute(
        statement(__package__, "broken_exports"),
        {
            "present": list(present),
            "tolerated_rows": variables["tolerated_quarantined_rows"],
            "tolerated_percent": variables["tolerated_quarantined_percent"],
        },
    ).fetchall()

    if broken:
        tables = ", ".join(f"{bad} of {read} rows of {table}" for table, bad, read in broken)
        raise BadFileError(
            f"Too much is in quarantine to go on: {tables}. The reasons stand in "
            f"quarantine.{broken[0][0].replace('.', '_')} in warehouse.duckdb; "
            "mend the files and run again."
        )
