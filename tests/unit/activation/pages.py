"""What the pages of the ledger's tables promise of their rows, held against a ledger.

A build tests it, and publishes nothing where it does not hold, so that nobody who withdraws leaves.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from orchestration.activation.ledger import Ledger
from tests.unit.activation.world import MODELS, World, compiled

FOLDERS = ("staging/ledger", "intermediate/activation", "marts/activation")
ANY = "select 1 from ({rows}) as rows_of_model {breach} limit 1"


def broken_promises(world: World) -> list[str]:
    """Return the promises that a ledger breaks, by model."""
    with Ledger(world.settings).session("Test") as connection:
        return [
            f"{model}: {promise}"
            for model, promise, breach in _breaches()
            if connection.execute(ANY.format(rows=compiled(model), breach=breach)).fetchone()
        ]


@cache
def _breaches() -> list[tuple[str, str, str]]:
    """Return models, what their pages promise, and the end of a query for rows that break it."""
    return [
        (model["name"], f"{promise} of {', '.join(columns)}", _breach(promise, columns))
        for model in _described()
        for promise, columns in _promises(model)
    ]


def _breach(promise: str, columns: list[str]) -> str:
    if promise == "no_nulls":
        return f"where {' is null or '.join(columns)} is null"
    return f"group by {', '.join(columns)} having count(*) > 1"


def _promises(model: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for test in model.get("data_tests", []):
        for promise in {"unique_combination", "no_nulls"} & set(test):
            yield promise, test[promise]["arguments"]["columns"]
    for column in model["columns"]:
        if "unique" in column.get("data_tests", []):
            yield "unique", [column["name"]]


def _described() -> Iterator[dict[str, Any]]:
    for folder in FOLDERS:
        for page in (MODELS / folder).glob("*.yml"):
            # What is sent is made of people, not of the ledger.
            if not page.name.startswith("sync_"):
                yield from yaml.safe_load(page.read_text(encoding="utf-8")).get("models", [])
