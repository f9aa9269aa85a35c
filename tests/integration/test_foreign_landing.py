"""Real input: purchases, members and contacts that nobody of this project made."""

import csv
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import PROJECT_DIR
from tests.conftest import ParsedProject, environment_of, run_onefold

LANDING = PROJECT_DIR.parent / "shared" / "fixtures" / "landing"

pytestmark = pytest.mark.skipif(
    not LANDING.is_dir(), reason=f"the foreign data are not beside this checkout: {LANDING.name}"
)


@pytest.fixture(scope="module")
def result(
    tmp_path_factory: pytest.TempPathFactory, parsed_project: ParsedProject
) -> dict[str, Any]:
    """What one run on the foreign files says, from an empty state."""
    home = tmp_path_factory.mktemp("foreign")
    parsed_project.put_into(home)
    done = run_onefold(["run", "--raw", str(LANDING), "--no-sync", "--json"], environment_of(home))
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return document


@pytest.fixture(scope="module")
def published(result: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """The published file of that run."""
    return duckdb.connect(result["published"], read_only=True)


def truth(name: str) -> list[dict[str, str]]:
    """Return a truth table, which the run itself must not read."""
    with (LANDING / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_row_is_lost(result: dict[str, Any]) -> None:
    """Every row of the files is staged; none of them is broken or repeated."""
    rows = {f"{load['source']}.{load['table']}": load for load in result["loads"]}

    for table in ("crm.contacts", "pos.loyalty_members", "pos.transactions"):
        lines = (LANDING / Path(*table.split("."))).with_suffix(".csv").read_text("utf-8")
        count = len(list(csv.reader(lines.splitlines()))) - 1
        assert rows[table]["rows_read"] == rows[table]["rows_staged"] == count


def test_money_and_pieces_equal_the_truth_of_each_card(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """Whatever happened to people, each card spent what it spent, to the cent."""
    found = published.execute("""
        select records.record_id, count(*), sum(orders.amount)
        from marts.orders as orders
        inner join marts.person_records as records
            on orders.person_id = records.person_id and records.record_type = 'loyalty_member'
        group by 1
    """).fetchall()
    expected = {
        row["loyalty_id"]: (int(row["transactions"]), Decimal(row["amount"]))
        for row in truth("people")
        if row["loyalty_id"]
    }

    assert {card: (count, amount) for card, count, amount in found} == expected


def test_no_two_people_of_the_truth_are_joined_by_mistake(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """Of all pairs of records that were joined, at least 99.5 % are one person in truth."""
    person_of = dict(
        published.execute("select record_key, person_id from marts.person_records").fetchall()
    )
    members: dict[str, list[str]] = defaultdict(list)
    for row in truth("records"):
        key = f"{row['source_name']}:{row['record_type']}:{row['record_id']}"
        members[person_of[key]].append(row["entity_id"])

    joined = sum(len(group) * (len(group) - 1) for group in members.values())
    right = sum(
        group.count(entity) * (group.count(entity) - 1)
        for group in members.values()
        for entity in set(group)
    )
    assert joined > 5_000
    assert right / joined >= 0.995
