"""A build after a little news against a full build, from raw files to the identity marts.

The people of `company.py` are written as raw files and built from nothing. Then come 1 % new
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
from company import build, load, write
from cost import Cost

from orchestration.settings import Settings

IDENTITY = ("--select", "+path:models/marts/identity")
STEPS = ("record_names", "groups")
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
        load(settings)
        build(settings, *IDENTITY)  # which also reads the project
        start_up = min(
            (build(settings, *IDENTITY) for _ in range(2)), key=lambda cost: cost.cpu_seconds
        )

        write(settings, "all", 1, people)
        load(settings)
        build(settings, *IDENTITY)
        compare(settings, "nothing new", start_up)
        write(settings, "new", people, people + people // 100)
        compare(settings, "1 % new people", start_up)
        erase(settings)
        compare(settings, "0.1 % erased", start_up)


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
    new = build(settings, *IDENTITY).beyond(start_up)
    full = build(twin, *IDENTITY, "--full-refresh").beyond(start_up)
    kept, anew = seconds_by_step(settings), seconds_by_step(twin)
    shutil.rmtree(twin.home)
    steps = ", ".join(f"{step} {kept[step]:.1f} of {anew[step]:.1f} s" for step in STEPS)
    print(
        f"{news}: {new.cpu_seconds:.1f} of {full.cpu_seconds:.1f} s,"
        f" ratio {new.cpu_seconds / full.cpu_seconds:.2f}; {steps}"
    )


def seconds_by_step(settings: Settings) -> dict[str, float]:
    """Return what dbt says that each step took."""
    results = json.loads((settings.target_path / "run_results.json").read_bytes())["results"]
    return {result["unique_id"].rpartition("__")[2]: result["execution_time"] for result in results}


if __name__ == "__main__":
    typer.run(main)
