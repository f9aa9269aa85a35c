"""Checkpoints: what a destination holds, written down so that nothing before is read again."""

import duckdb

from orchestration.activation.plan import find_held_units
from orchestration.activation.runs import Run
from orchestration.statements import statement

# Planning reads the outcomes since the last checkpoint, and ranks them; so many cost little.
RUNS_PER_CHECKPOINT = 50
ROWS_PER_CHECKPOINT = 100_000


def write_due_checkpoint(
    connection: duckdb.DuckDBPyConnection, run: Run, delivered_state: str
) -> None:
    """Write a checkpoint at the end of a run, if enough came since the last one."""
    limits = {"max_runs": RUNS_PER_CHECKPOINT, "max_rows": ROWS_PER_CHECKPOINT}
    scope = {"sync": run.sync, "run_no": run.run_no}
    is_due = connection.execute(statement(__package__, "is_checkpoint_due"), scope | limits)
    row = is_due.fetchone()
    if row and row[0]:
        write_checkpoint(connection, run, delivered_state)


def write_checkpoint(connection: duckdb.DuckDBPyConnection, run: Run, delivered_state: str) -> None:
    """Write a checkpoint, unless a removal is doubted, which it could not say.

    The run that says that removal again comes here, too.
    """
    find_held_units(connection, run.sync, delivered_state)
    if _is_any_doubted(connection, run.sync):
        return
    scope = {"sync": run.sync, "run_no": run.run_no}
    connection.execute(statement(__package__, "write_checkpoint"), scope)


def _is_any_doubted(connection: duckdb.DuckDBPyConnection, sync: str) -> bool:
    has_late = connection.execute(statement(__package__, "has_late_attempts"), {"sync": sync})
    # Few destinations ever have any; of the others it is not derived what they hold.
    if has_late.fetchone() is None:
        return False
    return connection.execute(statement(__package__, "doubted_units")).fetchone() is not None
