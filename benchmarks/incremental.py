"""A build after a little news against a full build, from raw files to the identity marts.

The company of `resolution.py` is written as raw files and built from nothing. Then come 1 % new
people, and then 0.1 % of the contacts are deleted. The full build that each is held against is made
of the same rows, with the same former ids. CPU seconds, with the start-up of dbt measured on empty
tables and taken off; models also one by one, in wall seconds.

    python benchmarks/incremental.py --people 50000

The aim is at most 0.10 for both.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from cost import Cost, cost_of
from resolution import RECORDS

from orchestration.activation.ledger import Ledger
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.loader import load_source
from orchestration.ingestion.runs import start_run
from orchestration.settings import Settings
from orchestration.transformation.manifest import dbt_command
from orchestration.warehouse import connect

IDENTITY = "+path:models/marts/identity"
STEPS = ("record_names", "groups")
CONTACTS = """
    select record_key as contact_id, email, phone, first_name, last_name, birth_date, street,
        postcode, null as updated_at, null as deleted_at
    from made where not is_receipt
"""
RECEIPTS = """
    select record_key as transaction_id, '2026-01-01T12:00:00Z' as occurred_at, 1.00 as amount,
        email, phone
    from made where is_receipt
"""
ERASURES = """
    select * replace ('2026-02-01T12:00:00Z' as updated_at, '2026-02-01T12:00:00Z' as deleted_at)
    from contacts where hash(contact_id) % 1000 = 0
"""


def main(
    people: Annotated[int, typer.Option(help="People, of two to four records each.")] = 50_000,
) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        write(settings, "first", 0, 1)
        build(settings)  # which also reads the project
        start_up = min((build(settings) for _ in range(2)), key=lambda cost: cost.cpu_seconds)

        write(settings, "all", 1, people)
        build(settings)
        compare(settings, "nothing new", start_up)
        write(settings, "new", people, people + people // 100)
        compare(settings, "1 % new people", start_up)
        erase(settings)
        compare(settings, "0.1 % erased", start_up)


def write(settings: Settings, name: str, first: int, end: int) -> None:
    """Write the raw files of some people."""
    with duckdb.connect() as connection:
        made = RECORDS.replace("range(0, $people)", "range($first, $end)")
        connection.execute(made, {"first": first, "end": end})
        for table, query in {"crm/contacts": CONTACTS, "pos/transactions": RECEIPTS}.items():
            path = settings.home / "raw" / table / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy ({query}) to '{path}' (header)")


def erase(settings: Settings) -> None:
    """Write a file that says which contacts are no more."""
    folder = settings.home / "raw" / "crm" / "contacts"
    with duckdb.connect() as connection:
        connection.execute(
            f"create view contacts as from read_csv('{folder}/*.csv', all_varchar = true)"
        )
        connection.execute(f"copy ({ERASURES}) to '{folder}/erased.csv' (header)")


def compare(settings: Settings, news: str, start_up: Cost) -> None:
    """Build what is new, and all anew in a copy."""
    twin = Settings(home=settings.home.with_name("twin"))
    load(settings)
    shutil.copytree(settings.home, twin.home)
    parse(twin)  # another home is another project for dbt, to be read anew
    new = build(settings, is_loaded=True).beyond(start_up)
    full = build(twin, "--full-refresh", is_loaded=True).beyond(start_up)
    kept, anew = seconds_by_step(settings), seconds_by_step(twin)
    shutil.rmtree(twin.home)
    steps = ", ".join(f"{step} {kept[step]:.1f} of {anew[step]:.1f} s" for step in STEPS)
    print(
        f"{news}: {new.cpu_seconds:.1f} of {full.cpu_seconds:.1f} s,"
        f" ratio {new.cpu_seconds / full.cpu_seconds:.2f}; {steps}"
    )


def load(settings: Settings) -> None:
    """Load the raw files that are new."""
    catalog = read_catalog()
    found = discover(settings.home / "raw", catalog)
    with connect(settings.warehouse_path) as warehouse:
        begun = start_run(warehouse, settings.clock)
        for source in sorted({table.source for table in catalog}):
            load_source(warehouse, source, found.of_source(source), begun)
    Ledger(settings).snapshot_to(settings.ledger_snapshot_path)


def build(settings: Settings, *options: str, is_loaded: bool = False) -> Cost:
    """Build the identity marts and all that they read."""
    if not is_loaded:
        load(settings)
    command = dbt_command(
        settings, "build", "--quiet", "--select", IDENTITY, "--exclude-resource-type", "test",
        "--exclude-resource-type", "unit_test", *options,
    )  # fmt: skip
    return cost_of(command, environment(settings))


def parse(settings: Settings) -> None:
    """Let dbt read the project."""
    cost_of(dbt_command(settings, "parse", "--quiet"), environment(settings))


def environment(settings: Settings) -> dict[str, str]:
    """Return what dbt has to know of a home."""
    return {"ONEFOLD_HOME": str(settings.home), "DO_NOT_TRACK": "1"}


def seconds_by_step(settings: Settings) -> dict[str, float]:
    """Return what dbt says that each step took."""
    results = json.loads((settings.target_path / "run_results.json").read_bytes())["results"]
    return {result["unique_id"].rpartition("__")[2]: result["execution_time"] for result in results}


if __name__ == "__main__":
    typer.run(main)
