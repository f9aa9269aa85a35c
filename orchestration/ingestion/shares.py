"""The limit up to which bad rows are a nuisance and not a broken export."""

import duckdb

from orchestration.errors import BadFileError

MAX_SHARE = 0.01
MAX_ROWS = 100


def check_shares(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Stop where too large a part of a table is in quarantine.

    Raises:
        BadFileError: more than 1 % of a table's rows, and more than 100 of them.
    """
    broken = warehouse.execute(
        """
        select
            source_name || '.' || table_name,
            sum(rows_quarantined),
            sum(rows_read)
        from raw_onefold.loaded_files
        group by source_name, table_name
        having
            sum(rows_quarantined) > ?
            and sum(rows_quarantined) > ? * sum(rows_read)
        order by 1
        """,
        [MAX_ROWS, MAX_SHARE],
    ).fetchall()

    if broken:
        tables = ", ".join(f"{bad} of {read} rows of {table}" for table, bad, read in broken)
        raise BadFileError(
            f"Too much is in quarantine to go on: {tables}. The reasons stand in "
            f"quarantine.{broken[0][0].replace('.', '_')} in warehouse.duckdb; "
            "mend the files and run again."
        )
