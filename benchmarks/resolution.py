"""The whole resolution, from sightings to groups with all rules, against connected components.

The product's own models run on made-up people: two to four records each, with typing errors, values
left out, families that share a phone, and receipts without a name. The floor is the product's
connected components on the links that come out of it, the median of three runs. CPU seconds, with
the start-up of dbt, the median of three on empty tables, taken off.

    python benchmarks/resolution.py --links 1000000

The aim is at most 20 times the floor, better 10.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from cost import Cost, cost_of, median
from identity import by_dbt

from orchestration.activation.ledger import Ledger
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.loader import load_source
from orchestration.ingestion.runs import start_run
from orchestration.settings import Settings
from orchestration.transformation.manifest import dbt_command
from orchestration.warehouse import connect

RULES = ("record_names", "junk_identifiers", "identifiers", "record_identifiers", "match_keys",
         "candidate_pairs", "compared_pairs", "ruled_pairs", "excused_pairs",
         "limited_values")  # fmt: skip
GROUPS = ("groups",)

# The records of made-up people. Every choice is a hash, so that the same people come each time.
RECORDS = """
    create or replace table made as
    with people as (
        select person, person // 2 as household, 2 + hash(person) % 3 as record_count
        from range(0, $people) as numbers(person)
    ),
    records as (
        select *, 'made:record:' || lpad(person::text, 9, '0') || '-' || place as record_key,
            hash(person, place) as chance
        from people, range(0, 4) as places(place)
        where place < record_count
    )
    select
        record_key,
        chance % 10 = 0 as is_receipt,
        case
            when chance // 10 % 10 < 6 then 'mail' || person || '@people.org'
            when chance // 10 % 10 < 7 then 'other' || person || '@people.org'
        end as email,
        case
            when chance // 100 % 10 < 4 then '+79' || (100000000 + person)
            when chance // 100 % 10 < 6 then '+78' || (300000000 + household)
        end as phone,
        substring(sha256('first' || person % 400), 1, 6 - (chance // 1000 % 10 < 2)::int)
            as first_name,
        translate(sha256('last' || household % 60000)[1:9], '0123456789', 'ghijklmnop')
            as last_name,
        case when chance // 10000 % 2 = 0 then date '1940-01-01' + (hash(person) % 22000)::int end
            as birth_date,
        case when chance // 100000 % 2 = 0 then household || ' Elm Street' end as street,
        (10000 + household % 80000)::text as postcode
    from records
"""
FILL = """
    delete from intermediate.int_identity__source_records;
    delete from intermediate.int_identity__sightings;
    insert into intermediate.int_identity__source_records by name
    select record_key, 'made' as source_name,
        case when is_receipt then 'receipt' else 'contact' end as record_type,
        record_key as record_id, email, phone, false as is_mentioned_only,
        timestamp '2026-01-01' as first_seen_at, row_number() over (order by record_key) as node,
        translate(first_name, '0123456789', 'ghijklmnop') as first_name, last_name, birth_date,
        street, postcode
    from made where not is_receipt
    union all by name
    select record_key, 'made' as source_name, 'receipt' as record_type, record_key as record_id,
        email, phone, false as is_mentioned_only, timestamp '2026-01-01' as first_seen_at,
        100000000 + row_number() over (order by record_key) as node
    from made where is_receipt;
    insert into intermediate.int_identity__sightings
    select record_key, 'email', email, timestamp '2026-01-01', timestamp '2026-01-01'
    from made where email is not null
    union all
    select record_key, 'phone', phone, timestamp '2026-01-01', timestamp '2026-01-01'
    from made where phone is not null;
    drop table made;
"""
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
        build_empty(settings)
        start_up = {
            steps: median([run(settings, steps) for _ in range(3)]) for steps in (RULES, GROUPS)
        }

        records = fill(settings, people=links * 53 // 100)
        ruling = run(settings, RULES).beyond(start_up[RULES])
        grouping = run(settings, GROUPS).beyond(start_up[GROUPS])

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


def build_empty(settings: Settings) -> None:
    """Build all that the resolution reads, from one row."""
    raw = settings.home / "raw"
    (raw / "crm").mkdir(parents=True)
    (raw / "crm" / "contacts.csv").write_text("contact_id\n1\n", encoding="utf-8")
    catalog = read_catalog()
    found = discover(raw, catalog)
    with connect(settings.warehouse_path) as warehouse:
        begun = start_run(warehouse, settings.clock)
        for source in sorted({table.source for table in catalog}):
            load_source(warehouse, source, found.of_source(source), begun)
    Ledger(settings).snapshot_to(settings.ledger_snapshot_path)
    _dbt(settings, "build", "+int_identity__groups", "--exclude-resource-type", "unit_test",
         "--exclude-resource-type", "test")  # fmt: skip


def fill(settings: Settings, people: int) -> int:
    """Put made-up records where the resolution begins, and return how many there are."""
    with connect(settings.warehouse_path) as warehouse:
        warehouse.execute(RECORDS, {"people": people})
        warehouse.execute(FILL)
        return len(warehouse.table("intermediate.int_identity__source_records"))


def run(settings: Settings, steps: tuple[str, ...]) -> Cost:
    """Run some models of the resolution."""
    select = " ".join(f"int_identity__{step}" for step in steps)
    return _dbt(settings, "run", select, "--full-refresh")


def copy_links(settings: Settings, target: Path, most: int = 1_000_000_000) -> int:
    """Copy the links that a rule allows, and return how many there are."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{settings.warehouse_path}' as home (read_only)")
        connection.execute("create schema if not exists benchmark")
        connection.execute(LINKS, {"most": most})
        return len(connection.table("benchmark.links"))


def _dbt(settings: Settings, verb: str, select: str, *options: str) -> Cost:
    command = dbt_command(settings, verb, "--quiet", "--select", *select.split(), *options)
    return cost_of(command, {"ONEFOLD_HOME": str(settings.home), "DO_NOT_TRACK": "1"})


if __name__ == "__main__":
    typer.run(main)
