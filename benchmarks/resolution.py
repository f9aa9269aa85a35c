"""The whole resolution, from sightings to groups with all rules, against connected components.

The product's own models run on the people of `company.py`. The floor is the product's connected
components on the links that come out of it, the median of three runs. CPU seconds, with the
start-up of dbt, the median of three on one record, taken off.

    python benchmarks/resolution.py --links 1000000

The aim is at most 20 times the floor, better 10.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from company import build, load, write
from cost import median
from identity import by_dbt

from orchestration.settings import Settings
from orchestration.warehouse import connect

GROUPS = ("--select", "int_identity__groups")
RULES = (
    "--select", "+int_identity__groups", "--exclude", "int_identity__groups",
    "+int_identity__sightings", "+int_identity__source_records", "+int_identity__all_records",
    "resource_type:seed",
)  # fmt: skip
LINKS = """
    create or replace table benchmark.links as
    select lower_node as a, upper_node as b
    from home.intermediate.int_identity__ruled_pairs
    where rank is not null
    limit $most
"""


def main(
    links: Annotated[int, typer.Option(help="About so many links are to be made.")] = 1_000_000,
) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        write(settings, "first", 0, 1)
        prepare(settings)
        start_up = {
            steps: median([build(settings, *steps, "--full-refresh") for _ in range(3)])
            for steps in (RULES, GROUPS)
        }

        write(settings, "all", 1, links * 53 // 100)
        records = prepare(settings)
        ruling, grouping = (
            build(settings, *steps, "--full-refresh").beyond(start_up[steps])
            for steps in (RULES, GROUPS)
        )

        floor_warehouse = Path(folder) / "floor.duckdb"
        copy_links(settings, floor_warehouse, most=0)
        by_dbt(floor_warehouse)
        floor_start_up = median([by_dbt(floor_warehouse) for _ in range(3)])
        made = copy_links(settings, floor_warehouse)
        floor = median([by_dbt(floor_warehouse) for _ in range(3)]).beyond(floor_start_up)

    whole = ruling.cpu_seconds + grouping.cpu_seconds
    print(
        f"{records:,} records, {made:,} links: components {floor.cpu_seconds:.1f} s;"
        f" rules {ruling.cpu_seconds:.1f} s, groups {grouping.cpu_seconds:.1f} s;"
        f" whole ratio {whole / floor.cpu_seconds:.1f},"
        f" groups alone {grouping.cpu_seconds / floor.cpu_seconds:.1f};"
        f" peak {max(ruling.peak_megabytes, grouping.peak_megabytes):.0f} MB above the start"
    )


def prepare(settings: Settings) -> int:
    """Build what the resolution reads, and return how many records there are."""
    load(settings)
    build(settings, "--select", "+int_identity__groups", "--exclude", "int_identity__groups")
    with connect(settings.warehouse_path) as warehouse:
        return len(warehouse.table("intermediate.int_identity__source_records"))


def copy_links(settings: Settings, target: Path, most: int = 1_000_000_000) -> int:
    """Copy the links that a rule allows, and return how many there are."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{settings.warehouse_path}' as home (read_only)")
        connection.execute("create schema if not exists benchmark")
        connection.execute(LINKS, {"most": most})
        return len(connection.table("benchmark.links"))


if __name__ == "__main__":
    typer.run(main)
