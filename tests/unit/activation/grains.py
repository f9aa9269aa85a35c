"""What makes a row of the ledger's tables, as their pages promise it, held against a ledger.

A build tests it, and publishes nothing where it does not hold, so that nobody who withdraws leaves.
"""

from functools import cache

import yaml

from orchestration.activation.ledger import Ledger
from tests.unit.activation.world import MODELS, World, compiled

FOLDERS = ("staging/ledger", "intermediate/activation", "marts/activation")
REPEATED = "select 1 from ({rows}) as rows_of_model group by {grain} having count(*) > 1 limit 1"


def broken_grains(world: World) -> list[str]:
    """Return the models that have two rows where their pages promise one."""
    with Ledger(world.settings).session("Test") as connection:
        return [
            f"{model}: {grain}"
            for model, grain in promised_grains()
            if connection.execute(REPEATED.format(rows=compiled(model), grain=grain)).fetchone()
        ]


@cache
def promised_grains() -> list[tuple[str, str]]:
    """Return models and the columns that tell their rows apart."""
    pages = [
        page
        for folder in FOLDERS
        for page in (MODELS / folder).glob("*.yml")
        # What is sent is made of people, not of the ledger.
        if not page.name.startswith("sync_")
    ]
    described = [
        model for page in pages for model in yaml.safe_load(page.read_text()).get("models", [])
    ]
    return [(model["name"], grain) for model in described for grain in _grains(model)]


def _grains(model: dict[str, object]) -> list[str]:
    combinations = [
        ", ".join(test["unique_combination"]["arguments"]["columns"])
        for test in model.get("data_tests", [])
        if "unique_combination" in test
    ]
    columns = [
        column["name"] for column in model["columns"] if "unique" in column.get("data_tests", [])
    ]
    return combinations + columns
