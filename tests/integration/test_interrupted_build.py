"""A build that ends in the middle of a table."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests import preloaded
from tests.conftest import copy_of

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
FORGET_FINGERPRINTS = """
    update intermediate.int_identity__person_records set fingerprint = null
    where record_key in (
        select record_key from marts.person_records
        where person_id is not null order by record_key desc limit 5
    )
"""
REPEATED = """
    select record_key from intermediate.int_identity__person_records
    group by 1 having count(*) > 1
"""
NEXT_RUN = """
    insert into raw_onefold.runs by name
    select * replace ('next' as run_id, run_number + 1 as run_number)
    from raw_onefold.runs order by run_number desc limit 1
"""
ASSIGNED = (
    "select count(*) from intermediate.int_identity__person_records where assigned_run_id = 'next'"
)
LOG_MODELS = (
    "int_identity__former_records",
    "int_identity__person_ids",
    "int_identity__former_changes",
    "int_identity__moves",
    "int_identity__changes",
    "identity_changes",
)
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


def run_models(home: "RefreshedHome", *models: str) -> set[str]:
    """Build these models alone, and return which failed."""
    results = home.settings.target_path / "run_results.json"
    results.unlink(missing_ok=True)
    preloaded.run_dbt(home.settings, "run", "--select", *models)
    report = json.loads(results.read_bytes())
    ended = {result["unique_id"].split(".")[-1]: result["status"] for result in report["results"]}
    assert set(models) <= set(ended)
    return {model for model in models if ended[model] != "success"}


@dataclass(frozen=True)
class Ending:
    """What tests look at: the log, the records and who is known, before and after the builds."""

    log_before: list[str]
    log: list[str]
    noted: set[str]
    new_ids: list[str]
    repeated: list[str]
    assigned: int
    known: int
    failed: set[str]
    known_after_failure: int


@pytest.fixture(scope="module")
def ending(refreshed_home: "RefreshedHome") -> Ending:
    """One home with four builds of a few models: of two runs, of the log, and one that fails."""
    home = copy_of(refreshed_home)
    path = str(home.settings.warehouse_path)

    def told(query: str) -> list[Any]:
        with duckdb.connect(path) as warehouse:
            return [value for (value,) in warehouse.execute(query).fetchall()]

    def change(statements: str) -> None:
        with duckdb.connect(path) as warehouse:
            warehouse.execute(statements)

    log_before = told(CHANGES)
    for news in (MAKE_NEW + ";" + FORGET_FINGERPRINTS, NEXT_RUN):
        change(news)
        assert run_models(home, *FORMER_MODELS) == set()
    [assigned], repeated, [known] = told(ASSIGNED), told(REPEATED), told(COUNT)

    change(NOTE_CHANGES)
    assert run_models(home, *LOG_MODELS) == set()
    change(BREAK)
    failed = run_models(home, *LOG_MODELS, "person_records")
    [known_after] = told(COUNT)
    log, noted, new_ids = told(CHANGES), set(told(NOTED)), told(NEW_IDS)
    return Ending(log_before, log, noted, new_ids, repeated, assigned, known, failed, known_after)


def test_a_build_that_fails_forgets_nobodys_id(ending: Ending) -> None:
    """Whose the records were is known from the mart alone: what replaces it comes with its end."""
    assert ending.failed == {"person_records"}
    assert ending.known_after_failure == ending.known > 0


def test_a_killed_build_leaves_no_run_behind(ending: Ending) -> None:
    """Who was new in a build that never reached the marts is new in the next one."""
    assert ending.assigned == 5


def test_the_log_keeps_no_line_of_a_killed_run_and_none_twice(ending: Ending) -> None:
    """It is written before the records, so a killed run leaves lines of what never was."""
    log, before, noted = ending.log, ending.log_before, ending.noted

    assert noted == {"created true", "split true", "merged false", "erased false"}
    assert len(log) == len(set(log)) > len(before) + len(noted)
    assert all(person_id > "p000000900000" for person_id in ending.new_ids)


def test_rows_of_an_older_version_are_replaced_and_not_doubled(ending: Ending) -> None:
    """Rows of homes that were built before there were fingerprints have none."""
    assert ending.repeated == []
