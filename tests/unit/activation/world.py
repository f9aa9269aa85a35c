"""A small company for delivery tests: snapshots, consents and a destination that can fail."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import repeat
from pathlib import Path

import duckdb

from orchestration.activation.compiled import compiled_model
from orchestration.activation.declarations import Mode, SyncDeclaration
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Operation,
    Verdict,
)
from orchestration.activation.ledger import KEY_BYTES, Digester, Ledger
from orchestration.activation.plan import find_held_units
from orchestration.activation.reports import SyncReport
from orchestration.activation.retries import Patience
from orchestration.activation.runner import SyncRunner
from orchestration.activation.snapshots import digest_rows
from orchestration.settings import PROJECT_DIR, Settings
from tests.unit.activation.handed_over import file_of, table

MODELS = PROJECT_DIR / "models"
MODEL_NAME = "sync_test__people"
DECIDED_AT = datetime(2026, 1, 1, tzinfo=UTC)
KEY = "0f" * KEY_BYTES


class KilledError(BaseException):
    """Stands for kill -9: nothing in the code under test may catch it."""


@cache
def compiled(name: str) -> str:
    """Render a model of the ledger as dbt does, without the seconds that dbt takes."""
    (path,) = MODELS.rglob(f"{name}.sql")
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{\{ source\('(\w+)', '(\w+)'\) \}\}", r"\1.activation.\2", text)
    return re.sub(r"\{\{ ref\('(\w+)'\) \}\}", lambda ref: f"({compiled(ref[1])})", text)


def declaration(
    name: str = "test_people", destination: str = "webhook", mode: Mode = "mirror"
) -> SyncDeclaration:
    """Return a sync as an exposure would declare it."""
    return SyncDeclaration(
        name=name,
        description="People in a test.",
        owner_email="owner@example.com",
        model_name=MODEL_NAME,
        fields=("email",),
        destination=destination,
        mode=mode,
        purpose="marketing",
        channel="email",
        match_keys=("person_id",),
    )


@dataclass
class FakeDestination:
    """Keeps members, knows batches again by their key, and fails as it is told."""

    max_batch_size: int = 2
    render_version: str = "fake-1"
    mixes_operations: bool = True
    members: dict[str, Mapping[str, object]] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    answers: dict[str, BatchResult] = field(default_factory=dict)
    before_apply: Callable[[Batch], BatchResult | None] = lambda _: None
    after_apply: Callable[[Batch], BatchResult | None] = lambda _: None
    refuses: Callable[[Operation], bool] = lambda _: False

    def render(self, sync: str, fields: Sequence[str], operations: Sequence[Operation]) -> bytes:
        """Return something that differs where the operations do."""
        return repr((sync, fields, operations)).encode()

    def send(self, batch: Batch) -> BatchResult:
        """Apply the batch once, however often it comes."""
        self.batches.append(batch)
        if fault := self.before_apply(batch):
            return fault
        if batch.idempotency_key not in self.answers:
            self.answers[batch.idempotency_key] = self.apply(batch.operations)
        return self.after_apply(batch) or self.answers[batch.idempotency_key]

    def close(self) -> None:
        """Nothing is kept open."""

    def apply(self, operations: Iterable[Operation]) -> BatchResult:
        """Do what is asked for."""
        rejected = {}
        for operation in operations:
            if self.refuses(operation):
                rejected[operation.key] = "refused"
            elif operation.op == "remove":
                self.members.pop(operation.key, None)
            else:
                self.members[operation.key] = operation.fields
        return BatchResult(Verdict.ANSWERED, rejected)


class World:
    """One home directory, one sync, one destination."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, now=datetime(2026, 1, 1, tzinfo=UTC))
        self.declaration = declaration()
        self.destination = FakeDestination()
        self.waits: list[float] = []
        self.budget_seconds = 1000.0
        # Every address that was ever published, by person.
        self.emails: dict[str, str] = {}
        self._publish_count = 0
        self.compile()

    def compile(self) -> None:
        """Put the model where dbt would."""
        folder = self.settings.target_path / "compiled/onefold/models/marts/activation"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("delivered_state", "deliveries"):
            (folder / f"{name}.sql").write_text(compiled(name), encoding="utf-8")

    def publish(
        self, people: Mapping[str, str], consents: Mapping[str, bool] | None = None
    ) -> None:
        """Hand over a snapshot of people with their e-mails; consents default to granted."""
        self._publish_count += 1
        self.emails |= people
        rows = table(f"activation.{MODEL_NAME}", person_id=people, email=people.values())
        path = self.settings.home / "snapshots" / f"{self._publish_count:06d}.duckdb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file_of((rows,), MODEL_NAME, self._key()))
        self.consent(dict.fromkeys(people, True) if consents is None else consents)

    def digest_rows(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put the digests of the rows of a snapshot beside them, as a publish does."""
        digest_rows(connection, Digester(Ledger(self.settings).key()), [MODEL_NAME])

    def consent(  # noqa: PLR0913 - each is another reason why somebody leaves
        self,
        consents: Mapping[str, bool],
        *,
        suppressed: Sequence[str] = (),
        erased: Sequence[str] = (),
        purpose: str = "marketing",
        merged: Mapping[str, str] | None = None,
        split_off: Mapping[str, str] | None = None,
    ) -> None:
        """Publish the consents in force, who refused messages, and who was erased or parted."""
        merges, splits = merged or {}, split_off or {}
        changes = ["erased"] * len(erased) + ["split"] * len(splits)
        content = file_of(
            (
                table(
                    "marts.consents",
                    person_id=consents,
                    purpose=repeat(purpose, len(consents)),
                    channel=repeat("email", len(consents)),
                    is_granted=consents.values(),
                    decided_at=repeat(DECIDED_AT, len(consents)),
                ),
                table(
                    "marts.suppressions",
                    person_id=suppressed,
                    channel=repeat("email", len(suppressed)),
                ),
                table(
                    "marts.identity_changes",
                    person_id=[*erased, *splits],
                    other_person_id=[*repeat(None, len(erased)), *splits.values()],
                    change=changes,
                ),
                table("marts.person_redirects", former_person_id=merges, person_id=merges.values()),
            )
        )
        path = self.settings.published_path
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_bytes(content)
        draft.replace(path)

    def _key(self) -> bytes:
        """Return the key of the ledger, which is one for all worlds where a test made none."""
        path = self.settings.ledger_key_path
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(KEY, encoding="ascii")
        return bytes.fromhex(path.read_text(encoding="ascii"))

    def run(
        self,
        hold: str | Callable[[], str | None] | None = None,
        *,
        full_resync: bool = False,
        sleep: Callable[[float], None] | None = None,
    ) -> SyncReport:
        """Run the sync; waits are taken down, unless somebody sleeps."""
        asked = hold if callable(hold) else lambda: hold
        return self._runner(full_resync=full_resync, sleep=sleep).run(asked)

    def plan(self, hold: str | None = None, *, full_resync: bool = False) -> SyncReport:
        """Plan the sync."""
        return self._runner(full_resync=full_resync).plan(hold)

    def after(self, **duration: float) -> None:
        """Let time pass."""
        now = self.settings.clock() + timedelta(**duration)
        self.settings = self.settings.model_copy(update={"now": now})

    def held(self) -> set[str]:
        """Return the keys that the ledger says are held, or may be."""
        with Ledger(self.settings).session("Test") as connection:
            find_held_units(
                connection,
                self.declaration.name,
                compiled_model(self.settings, "delivered_state"),
            )
            rows = connection.execute("select unit_key from held_units").fetchall()
        return {key for (key,) in rows}

    def outcomes(self) -> list[tuple[str, str, str]]:
        """Return key, operation and outcome of every delivery, in order."""
        with Ledger(self.settings).session("Test") as connection:
            return connection.execute(
                "select unit_key, op, outcome from ledger.activation.unit_delivery "
                "order by run_no, batch_no, attempt, ordinal"
            ).fetchall()

    def _runner(
        self, *, full_resync: bool = False, sleep: Callable[[float], None] | None = None
    ) -> SyncRunner:
        patience = Patience(self.budget_seconds, sleep or self.waits.append, lambda: 0.5)
        return SyncRunner(
            self.settings,
            self.declaration,
            self.destination,
            patience,
            full_resync=full_resync,
        )
