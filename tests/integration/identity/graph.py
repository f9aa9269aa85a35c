"""A warehouse of the identity graph and little else, from rows that a test makes up."""

import csv
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from orchestration.activation.ledger import Ledger
from orchestration.ingestion.runs import start_run
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import connect
from tests import preloaded
from tests.loading import load_folder

Row = Mapping[str, Any]
TableRow = tuple[str, Row]


class Decision(NamedTuple):
    """What a steward says of two records."""

    verdict: str
    one: str
    other: str


@dataclass(frozen=True)
class Graph:
    """What builds of a few marts, and of what these need, made of the rows."""

    settings: Settings
    marts: tuple[str, ...] = ("person_records",)
    is_tested: bool = False

    def person_of(self) -> dict[str, str | None]:
        """Return the person of each record."""
        return dict(self.rows("select record_key, person_id from marts.person_records"))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the warehouse."""
        with connect(self.settings.warehouse_path, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def twin(self) -> "Graph":
        """Return a copy that goes a way of its own."""
        home = self.settings.home.with_name(f"{self.settings.home.name}_twin")
        shutil.copytree(self.settings.home, home)
        return replace(self, settings=Settings(home=home))

    def add(
        self,
        landing: Mapping[str, Sequence[Row]],
        file_name: str,
        seed: int = 0,
        *,
        full_refresh: bool = False,
    ) -> None:
        """Load rows as files of their own, in an order that the seed decides, and build."""
        raw = self.settings.home / "raw"
        for table, rows in landing.items():
            path = raw / table.replace(".", "/") / f"{file_name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, random.Random(seed).sample(list(rows), len(rows)))
        with connect(self.settings.warehouse_path) as connection:
            run = start_run(connection, self.settings.clock)
            load_folder(connection, raw, run)
        self._build(["--full-refresh"] if full_refresh else [])

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Note what a steward decided."""
        with connect(self.settings.warehouse_path) as connection:
            for decision in decisions:
                left, right = sorted((decision.one, decision.other))
                note = {
                    "decision_id": uuid4().hex,
                    "decision": decision.verdict,
                    "left_key": left,
                    "right_key": right,
                    "reason": "the shop knows them",
                    "decided_by": "steward",
                    "decided_at": self.settings.clock(),
                }
                connection.execute(statement("orchestration.identity", "record_decision"), note)

    def _build(self, options: Sequence[str]) -> None:
        Ledger(self.settings).snapshot_to(self.settings.ledger_snapshot_path)
        done = preloaded.run_dbt(
            self.settings, "build", "--quiet", "--no-write-json",
            "--select", *(f"+{mart}" for mart in self.marts),
            "--indirect-selection=cautious", "--exclude-resource-type", "unit_test",
            *([] if self.is_tested else ["--exclude-resource-type", "test"]), *options,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def landing_of(rows: Iterable[TableRow]) -> dict[str, list[Row]]:
    """Gather rows by landing table."""
    landing: dict[str, list[Row]] = defaultdict(list)
    for table, row in rows:
        landing[table].append(row)
    return landing


def _write(path: Path, rows: Sequence[Row]) -> None:
    columns = sorted({column for row in rows for column in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
