"""The plan of a run: what is wanted against what is held."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
from duckdb.func import FunctionNullHandling
from duckdb.sqltypes import VARCHAR

from orchestration.activation.declarations import ADDRESS, SyncDeclaration
from orchestration.activation.destinations.protocol import Destination, MatchesByKey
from orchestration.activation.ledger import Digester
from orchestration.activation.runs import Run
from orchestration.errors import OnefoldError
from orchestration.settings import PROJECT_DIR
from orchestration.statements import statement

# The very file that dbt seeds: which operation follows from what is wanted and what is held.
MODES = PROJECT_DIR / "seeds/activation/delivery_modes.csv"


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
    unmatched: int = 0
    # People that no plan had before, and people who have another id; counted where it matters.
    newcomers: int = 0
    renamed: int = 0
    # What is counted, for people.
    units: str = "people"

    @property
    def note(self) -> str | None:
        """What is to be known of a plan that goes out all the same, as a sentence's part."""
        if not self.unmatched:
            return None
        return f"{self.unmatched} people are left out, since they have no usable match key"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be sent."""
        return not (self.added or self.updated or self.removed or self.withdrawn)


def find_held_units(connection: duckdb.DuckDBPyConnection, sync: str, delivered_state: str) -> None:
    """Let `held_units` be what the destination holds, and `called_units` how it calls whom."""
    row = connection.execute(statement(__package__, "ledger_marks"), {"sync": sync}).fetchone()
    checkpoint_run, first_archive_run = row or (0, 0)
    for name, value in (
        ("sync", sync),
        ("checkpoint_run", checkpoint_run),
        ("first_archive_run", first_archive_run),
    ):
        connection.execute(f"set variable {name} = $value", {"value": value})
    text = statement(__package__, "held_units").format(delivered_state=delivered_state)
    connection.execute(text)
    connection.execute(statement(__package__, "called_units"))


def count_held_units(connection: duckdb.DuckDBPyConnection, sync: str, delivered_state: str) -> int:
    """Return how many units the destination holds, or may hold."""
    find_held_units(connection, sync, delivered_state)
    row = connection.execute("select count(*) from held_units").fetchone()
    return int(row[0]) if row else 0


@dataclass(frozen=True)
class Planner:
    """Compares snapshots with the ledger; writes nothing to either."""

    declaration: SyncDeclaration
    delivered_state: str
    destination: Destination
    digester: Digester
    # A full resync: what is held is sent again, whatever is known of it.
    resends_all: bool = False

    def draw_up(
        self, connection: duckdb.DuckDBPyConnection, snapshot_id: str, now: datetime
    ) -> Plan:
        """Make the plan for the snapshot that the session has attached.

        Raises:
            OnefoldError: the sync model was not published yet, holds a person twice, or a row
                without person.
        """
        declaration = self.declaration
        _check_handed_over(connection, declaration)
        find_held_units(connection, declaration.name, self.delivered_state)
        connection.execute(statement(__package__, "archived_units"))
        self._find_desired_units(connection)
        desired = _checked_units(connection, declaration)
        is_once = self._compare(connection)
        connection.execute(
            statement(__package__, "planned_operations"),
            {
                "sync": declaration.name,
                "purpose": declaration.purpose,
                "channel": declaration.channel,
                "is_once": is_once,
                "resends_all": self.resends_all,
                "now": now.replace(tzinfo=None),
            },
        )
        self._look_for_shared_units(connection)
        counts = connection.execute(
            statement(__package__, "plan_counts"), {"desired": desired}
        ).fetchone()

        plan = Plan(snapshot_id, *(counts or ()))
        if not isinstance(self.destination, MatchesByKey):
            return plan
        return replace(plan, unmatched=self._unmatched(connection), units="match keys")

    def _look_for_shared_units(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put into `shared_units` who is one record with others, and tell those who stay anew."""
        names = ["staying_units", "shared_units", "refresh_staying_units"]
        # Where the destination gives no names, which most do not, nobody shares one.
        if connection.execute(statement(__package__, "named_operations")).fetchone() is None:
            names = ["no_shared_units"]
        for name in names:
            connection.execute(statement(__package__, name))

    def _compare(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Put the units that differ into `affected_units`; return if anything is done once only."""
        mode = {"mode": self.declaration.mode, "modes": str(MODES)}
        connection.execute(statement(__package__, "mode_actions"), mode)
        actions = connection.table("mode_actions").fetchall()
        connection.execute(
            statement(__package__, "differing_units"),
            {
                "situations": [situation for situation, *_ in actions],
                "resends_all": self.resends_all,
            },
        )
        for name in ("affected_units", "current_references"):
            connection.execute(statement(__package__, name))
        return any(is_once for *_, is_once in actions)

    def _unmatched(self, connection: duckdb.DuckDBPyConnection) -> int:
        text = statement(__package__, "unmatched_people").format(model=self.declaration.model_name)
        row = connection.execute(text).fetchone()
        return int(row[0]) if row else 0

    def _find_desired_units(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put who is wanted into the temp tables `desired_units` and `desired_people`."""
        model = self.declaration.model_name
        pads = self.digester.pads
        render_version = self.declaration.row_version(self.destination.render_version)
        version = {"render_version": render_version, **pads}
        if not isinstance(self.destination, MatchesByKey):
            units = statement(__package__, "desired_units").format(model=model)
            connection.execute("set variable row_version = $word", {"word": render_version})
            connection.execute(units)
            connection.execute(statement(__package__, "desired_people"))
            return

        template = statement(__package__, "values_of_match_key")
        values = "\nunion all\n".join(
            template.format(kind=kind, value=_value(kind), model=model)
            for kind in self.declaration.match_keys
        )
        with _function(connection, "vendor_match_key", self.destination.match_key):
            people = statement(__package__, "desired_match_keys").format(values=values)
            connection.execute(people, pads)
        connection.execute(statement(__package__, "desired_match_units"), version)


def write_plan(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    destination: Destination,
    now: datetime,
    *,
    only_withdrawn: bool,
) -> None:
    """Write the operations that are due to the outbox, in batches."""
    scope = {"sync": run.sync, "run_no": run.run_no, "only_withdrawn": only_withdrawn}
    batches = {
        "batch_size": max(1, destination.max_batch_size),
        "mixes_operations": destination.mixes_operations,
    }
    connection.execute(statement(__package__, "write_outbox"), {**scope, **batches})
    if isinstance(destination, MatchesByKey):
        connection.execute(statement(__package__, "write_unit_persons"), scope)
    shared = {"sync": run.sync, "run_no": run.run_no, "now": now.replace(tzinfo=None)}
    connection.execute(statement(__package__, "settle_shared_removals"), shared)


def _value(kind: str) -> str:
    """Return the expression of a match key; several columns make an address."""
    return f"cast({'to_json(sync_model)' if kind == ADDRESS else kind} as text)"


@contextmanager
def _function(
    connection: duckdb.DuckDBPyConnection, name: str, function: Callable[[str, str], str | None]
) -> Iterator[None]:
    """Let statements of the block call a function."""
    connection.create_function(
        name,
        function,
        [VARCHAR, VARCHAR],
        VARCHAR,
        null_handling=FunctionNullHandling.SPECIAL,
    )
    try:
        yield
    finally:
        connection.remove_function(name)


def _check_handed_over(connection: duckdb.DuckDBPyConnection, declaration: SyncDeclaration) -> None:
    model = {"model": declaration.model_name}
    row = connection.execute(statement(__package__, "is_model_handed_over"), model).fetchone()
    # A sync that was declared since, and whose first build is still to come or failed.
    if not (row and row[0]):
        raise OnefoldError(
            f"Sync {declaration.name}: {declaration.model_name} is not published yet, so nothing "
            "is sent; run `onefold run`."
        )


def _checked_units(connection: duckdb.DuckDBPyConnection, declaration: SyncDeclaration) -> int:
    row = connection.execute(statement(__package__, "unit_counts")).fetchone()
    rows, keys, people = row or (0, 0, 0)
    if rows != keys or keys != people:
        raise OnefoldError(
            f"Sync {declaration.name}: {declaration.model_name} has {rows - keys} rows without "
            f"person_id and {keys - people} repeated ones; nothing is sent."
        )
    return int(rows)
