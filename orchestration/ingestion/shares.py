"""The limit up to which bad rows are a nuisance and not a broken export."""

from collections.abc import Collection

import duckdb

from orchestration.errors import BadFileError

MAX_SHARE = 0.01
MAX_ROWS = 100


def check_shares(warehouse: duckdb.DuckDBPyConnection, present: Collection[str]) -> None:
    """Stop where too large a part of a table is in quarantine.

    Args:
        warehouse: The warehouse, loaded.
        present: The files of the raw folder: one that was taken away, to be replaced by another,
            stops nothing more.

    Raises:
        BadFileError: more than 1 % of a table's rows, and more than 100 of them.
    """
    broken = warehouse.execute(
        """
        select
            source_name || '.' || table_name,
            sum(rows_quarantined) filter (file_name in (select unnest($present))) as rows_bad,
            sum(rows_read)
        from raw_onefold.loaded_files
        group by source_name, table_name
        having rows_bad > $max_rows and rows_bad > $max_share * sum(rows_read)
        order by 1
        """,
        {"present": list(present), "max_rows": MAX_ROWS, "max_share": MAX_SHARE},
    ).fetchall()

    if broken:
        tables = ", ".join(f"{bad} of {read} rows of {table}" for table, bad, read in broken)
        raise BadFileError(
            f"Too much is in quarantine to go on: {tables}. The reasons stand in "
            f"quarantine.{broken[0][0].replace('.', '_')} in warehouse.duckdb; "
            "mend the files and run again."
        )
