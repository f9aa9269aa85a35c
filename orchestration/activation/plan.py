"""The plan of a run: what is wanted against what is held."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.ledger import Digester
from orchestration.activation.runs import Run
from orchestration.errors import OnefoldError
from orchestration.statements import statement


@dataclass(frozen=True)
class Plan:
    """Counts of a plan; its operations are the temp table `planned_operations`."""

    snapshot_id: str
    added: int
    updated: int
    removed: int
    withdrawn: int
    quarantined: int
    held: int
    desired: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be sent."""
        return not (self.added or self.updated or self.removed or self.withdrawn)


def find_held_units(connection: duckdb.DuckDBPyConnection, sync: str, delivered_state: str) -> None:
    """Put what the destination holds into the temp table `held_units`."""
    text = statement(__package__, "held_units").format(delivered_state=delivered_state)
    connection.execute(text, {"sync": sync})


@dataclass(frozen=True)
class Planner:
    """Compares snapshots with the ledger; writes nothing to either."""

    declaration: SyncDeclaration
    delivered_state: str
    render_version: str
    digester: Digester

    def draw_up(
        self, connection: duckdb.DuckDBPyConnection, snapshot_id: str, now: datetime
    ) -> Plan:
        """Make the plan for the snapshot that the session has attached.

        Raises:
            OnefoldError: the sync model holds a person twice, or a row without person.
        """
        declaration = self.declaration
        find_held_units(connection, declaration.name, self.delivered_state)
        connection.execute(
            statement(__package__, "desired_units").format(model=declaration.model_name),
            {"render_version": self.render_version, **self.digester.pads},
        )
        _check_units(connection, declaration)
        connection.execute(
            statement(__package__, "planned_operations"),
            {
                "sync": declaration.name,
                "purpose": declaration.purpose,
                "channel": declaration.channel,
                "now": now.replace(tzinfo=None),
            },
        )
        counts = connection.execute(statement(__package__, "plan_counts")).fetchone()

        return Plan(snapshot_id, *(counts or ()))


def write_plan(
    connection: duckdb.DuckDBPyConnection, run: Run, batch_size: int, *, only_withdrawn: bool
) -> None:
    """Write the operations that are due to the outbox, in batches."""
    scope = {"sync": run.sync, "run_no": run.run_no, "only_withdrawn": only_withdrawn}
    connection.execute(statement(__package__, "write_outbox"), {**scope, "batch_size": batch_size})
    connection.execute(statement(__package__, "write_unit_persons"), scope)


def _check_units(connection: duckdb.DuckDBPyConnection, declaration: SyncDeclaration) -> None:
    row = connection.execute(
        "select count(*), count(unit_key), count(distinct unit_key) from desired_units"
    ).fetchone()
    rows, keys, people = row or (0, 0, 0)
    if rows != keys or keys != people:
        raise OnefoldError(
            f"Sync {declaration.name}: {declaration.model_name} has {rows - keys} rows without "
            f"person_id and {keys - people} repeated ones; nothing is sent."
        )
