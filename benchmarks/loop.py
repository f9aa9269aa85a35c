"""The whole loop of the demo: raw files to people, audiences and deliveries, timed by its user.

The floor is DuckDB alone: it reads the same raw files into tables of one file and does nothing
else. Wall seconds, since a user waits for the loop and two cores share it; the loop counts as
`onefold demo` counts it, without making up the company. The second run of each round finds
nothing new.

    python benchmarks/loop.py --rounds 3

The aim is at most 60 seconds for 5,000 people on two cores. Ends with 1 beyond that.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import duckdb
import typer

AIM_SECONDS = 60
PROGRAM = Path(sys.executable).with_name("onefold")


def main(
    people: Annotated[int, typer.Option(help="People of the made-up company.")] = 5_000,
    rounds: Annotated[int, typer.Option(help="Runs from an empty state; the median counts.")] = 3,
) -> None:
    """Print seconds and ratios."""
    first, second, floor = [], [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            first.append(loop_seconds(home, people))
            second.append(loop_seconds(home, people))
            floor.append(read_seconds(home / "demo" / "raw", home / "floor.duckdb"))

    seconds, again, reading = (statistics.median(found) for found in (first, second, floor))
    print(
        f"{people:,} people: loop {seconds:.0f} s, again {again:.0f} s, reading alone"
        f" {reading:.2f} s; ratios {seconds / reading:.0f} and {again / reading:.0f}"
    )
    raise SystemExit(seconds > AIM_SECONDS)


def loop_seconds(home: Path, people: int) -> float:
    """Run the demo in a state directory and return how long it says its loop took."""
    environment: Mapping[str, str] = os.environ | {"ONEFOLD_HOME": str(home)}
    command = [str(PROGRAM), "demo", "--people", str(people), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout.splitlines()[-1])
    if not report.get("published"):
        raise SystemExit(f"The demo published nothing: {report.get('error', report['status'])}")

    return float(report["seconds"])


def read_seconds(raw: Path, target: Path) -> float:
    """Return how long DuckDB takes to read all raw files as text into one file."""
    began = time.perf_counter()
    with duckdb.connect(target) as connection:
        for path in sorted(raw.rglob("*.csv*")):
            table = f"{path.parent.name}_{path.name.split('.')[0]}"
            connection.read_csv(str(path), all_varchar=True).create(table)

    return time.perf_counter() - began


if __name__ == "__main__":
    typer.run(main)
