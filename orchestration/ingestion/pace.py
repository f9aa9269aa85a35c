"""What makes loading fast: batches of the right size, read ahead while the last one is stored."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from orchestration.ingestion.readers.rows import RejectedRow, RowBatch, RowBatches

# DuckDB writes whole row groups (122,880 rows) at once; smaller inserts are written twice, first
# to the log, and take twice as long.
ROWS_PER_BATCH = 150_000

# Wide rows fill the memory before they fill a row group.
BYTES_PER_BATCH = 128 * 1024 * 1024


def in_large_batches(batches: RowBatches) -> RowBatches:
    """Put batches together until they are worth an insert."""
    tables: list[pa.Table] = []
    rejected: list[RejectedRow] = []

    for batch in batches:
        rejected += batch.rejected
        if batch.rows is not None:
            tables.append(batch.rows)
        if _is_full(tables, rejected):
            yield _joined(tables, rejected)
            tables, rejected = [], []

    yield _joined(tables, rejected)


def _is_full(tables: list[pa.Table], rejected: list[RejectedRow]) -> bool:
    row_count = sum(table.num_rows for table in tables)
    size = sum(table.nbytes for table in tables) + sum(len(row.raw_row) for row in rejected)

    return bool(row_count >= ROWS_PER_BATCH or size >= BYTES_PER_BATCH)


def _joined(tables: list[pa.Table], rejected: list[RejectedRow]) -> RowBatch:
    # JSON lines bring further columns as they go on; they are empty in the rows before.
    rows = pa.concat_tables(tables, promote_options="default") if tables else None
    return RowBatch(rows, rejected)


def read_ahead(batches: RowBatches) -> RowBatches:
    """Read the next batch in a thread while the present one is stored."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(next, batches, None)
        while batch := coming.result():
            coming = thread.submit(next, batches, None)
            yield batch


@contextmanager
def in_whole_row_groups(warehouse: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let one thread store the rows, so that row groups fill up and leave memory at once.

    Several threads share out each batch, and their half-full row groups stay in memory until the
    transaction ends: 1 GB per million events. Reading takes longer than storing, so one thread
    keeps up with it.
    """
    warehouse.execute("set threads = 1")
    try:
        yield
    finally:
        warehouse.execute("reset threads")


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles in millions of cells, where there are none.

    Reading a large file takes half the time without.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
