"""A build that ends in the middle of a table."""

import subprocess
from typing import TYPE_CHECKING

import duckdb

from orchestration.transformation.manifest import dbt_command

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

FORMER_MODELS = (
    "stg_onefold__current_run",
    "int_identity__former_records",
    "int_identity__person_records_units",
    "int_identity__person_records",
)
COUNT = "select count(*) from marts.person_records where person_id is not null"
# All rows are to be made anew, and their types are refused once the former ones are forgotten.
BREAK = """
    update intermediate.int_identity__person_records set fingerprint = fingerprint + 1;
    alter table intermediate.int_identity__person_records alter is_mentioned_only type text;
"""

# Of a few records nobody knew whose they are.
MAKE_NEW = """
    delete from marts.person_records where record_key in (
        select record_key from marts.person_records
        where person_id is not null order by record_key limit 5
    )
"""
NEXT_RUN = """
    insert into raw_onefold.runs by name
    select * replace ('next' as run_id, run_number + 1 as run_number)
    from raw_onefold.runs order by run_number desc limit 1
"""
ASSIGNED = (
    "select count(*) from intermediate.int_identity__person_records where assigned_run_id = 'next'"
)
LOG_MODELS = ("int_identity__former_changes", "int_identity__changes", "identity_changes")
CHANGES = "select change_id from marts.identity_changes"
# What a run after all others noted of people who are there, and of others who are not.
NOTE_CHANGES = """
    insert into marts.identity_changes by name
    with people as (
        select min(person_id) as known, 'p000000900000' as unknown from marts.person_records
    )
    select
        'later-999999999' as run_id, change, person_id, 'noted' as reason,
        change || ' ' || (person_id = known) as change_id, now()::timestamp as changed_at
    from (from people unpivot (person_id for who in (known, unknown)) select person_id),
        (select unnest(['created', 'split', 'merged', 'erased']) as change),
        (select known from people)
"""
NOTED = "select change_id from marts.identity_changes where reason = 'noted'"
NEW_IDS = "select person_id from intermediate.int_identity__person_ids where is_new"


def run_models(home: "RefreshedHome", *models: str) -> "subprocess.CompletedProcess[str]":
    """Build these models alone."""
    return subprocess.run(
        dbt_command(home.settings, "run", "--select", *models),
        env=home.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_build_that_fails_forgets_nobodys_id(copied_home: "RefreshedHome") -> None:
    """Whose the records were is known from the mart alone: what replaces it comes with its end."""
    settings = copied_home.settings
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        [(before,)] = warehouse.execute(COUNT).fetchall()
        warehouse.execute(BREAK)

    done = run_models(copied_home, "person_records")
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        [(after,)] = warehouse.execute(COUNT).fetchall()

    assert done.returncode != 0
    assert after == before > 0


def test_a_killed_build_leaves_no_run_behind(copied_home: "RefreshedHome") -> None:
    """Who was new in a build that never reached the marts is new in the next one."""
    path = str(copied_home.settings.warehouse_path)
    for news in (MAKE_NEW, NEXT_RUN):
        with duckdb.connect(path) as warehouse:
            warehouse.execute(news)
        assert run_models(copied_home, *FORMER_MODELS).returncode == 0

    with duckdb.connect(path) as warehouse:
        [(count,)] = warehouse.execute(ASSIGNED).fetchall()

    assert count == 5


def test_the_log_keeps_no_line_of_a_killed_run_and_none_twice(copied_home: "RefreshedHome") -> None:
    """It is written before the records, so a killed run leaves lines of what never was."""
    path = str(copied_home.settings.warehouse_path)
    with duckdb.connect(path) as warehouse:
        before = warehouse.execute(CHANGES).fetchall()
        warehouse.execute(MAKE_NEW)
        warehouse.execute(NOTE_CHANGES)
    former = ("int_identity__former_records", "int_identity__former_changes")

    for _ in range(2):
        ids = ("int_identity__person_ids", *LOG_MODELS)
        assert run_models(copied_home, *former, *ids).returncode == 0

    with duckdb.connect(path) as warehouse:
        noted = {change_id for (change_id,) in warehouse.execute(NOTED).fetchall()}
        after = warehouse.execute(CHANGES).fetchall()
        new_ids = [person_id for (person_id,) in warehouse.execute(NEW_IDS).fetchall()]
    assert noted == {"created true", "split true", "merged false", "erased false"}
    assert len(after) == len(set(after)) > len(before) + len(noted)
    assert all(person_id > "p000000900000" for person_id in new_ids)
