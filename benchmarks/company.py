"""Made-up people as raw files, loaded and built by the product: what benchmarks of identity share.

People have two to four records each, with typing errors, values left out, families that share a
phone, and receipts without a name.
"""

import duckdb
from cost import Cost, cost_of

from orchestration.activation.ledger import Ledger
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.loader import load_source
from orchestration.ingestion.runs import start_run
from orchestration.settings import Settings
from orchestration.transformation.manifest import dbt_command, dbt_environment
from orchestration.warehouse import connect

# The records of made-up people. Every choice is a hash, so that the same people come each time.
RECORDS = """
    create table made as
    with people as (
        select person, person // 2 as household, 2 + hash(person) % 3 as record_count
        from range($first, $end) as numbers(person)
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


def write(settings: Settings, name: str, first: int, end: int) -> None:
    """Write the raw files of some people."""
    with duckdb.connect() as connection:
        connection.execute(RECORDS, {"first": first, "end": end})
        for table, query in {"crm/contacts": CONTACTS, "pos/transactions": RECEIPTS}.items():
            path = settings.home / "raw" / table / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy ({query}) to '{path}' (header)")


def load(settings: Settings) -> None:
    """Load the raw files that are new."""
    catalog = read_catalog()
    found = discover(settings.home / "raw", catalog)
    with connect(settings.warehouse_path) as warehouse:
        begun = start_run(warehouse, settings.clock)
        for source in sorted({table.source for table in catalog}):
            load_source(warehouse, source, found.of_source(source), begun)
    Ledger(settings).snapshot_to(settings.ledger_snapshot_path)


def build(settings: Settings, *options: str) -> Cost:
    """Build some models, without their tests, and return the cost."""
    return _dbt(
        settings, "build", "--exclude-resource-type", "test",
        "--exclude-resource-type", "unit_test", *options,
    )  # fmt: skip


def _dbt(settings: Settings, verb: str, *options: str) -> Cost:
    command = dbt_command(settings, verb, "--quiet", *options)
    return cost_of(command, dbt_environment(settings), settings.home)
