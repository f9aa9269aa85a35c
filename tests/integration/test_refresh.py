"""The main job as a whole: what it leaves behind, and what stops it."""

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from orchestration.locks import hold
from orchestration.publishing import renew_activation
from orchestration.publishing.publisher import DELIVERY_TABLES, KEY_HOLDERS

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

COUNTS = ("added", "updated", "removed", "rejected", "pending")


def last_line(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """Return the JSON object with which a command ends."""
    document: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return document


def test_every_row_is_accounted_for(refreshed_home: "RefreshedHome") -> None:
    """Rows read = rows staged + superseded + quarantined, for each landing table."""
    for load in refreshed_home.result["loads"]:
        parts = load["rows_staged"] + load["rows_superseded"] + load["rows_quarantined"]
        assert load["rows_read"] == parts, load

    assert sum(load["rows_quarantined"] for load in refreshed_home.result["loads"]) > 0


def test_the_result_is_the_contracts_object(refreshed_home: "RefreshedHome") -> None:
    """Programs rely on these names."""
    result = refreshed_home.result

    assert set(result) == {
        "run_id", "status", "seconds", "loads", "people", "published", "deliveries",
    }  # fmt: skip
    assert all(set(found) == {"sync", *COUNTS} for found in result["deliveries"])
    assert {found["sync"] for found in result["deliveries"]} == {
        "csv_abandoned_carts",
        "smtp_missing_complements",
        "webhook_lapsed_customers",
    }


def test_the_published_file_names_its_run(refreshed_home: "RefreshedHome") -> None:
    """A reader can tell which run made what it sees, and how many people that run found."""
    [(run_id,)] = refreshed_home.published("select run_id from marts.run")
    [(people,)] = refreshed_home.published("select count(*) from marts.people")

    assert run_id == refreshed_home.result["run_id"]
    assert people == refreshed_home.result["people"] > 0


def test_the_waterfall_ends_with_what_was_delivered(refreshed_home: "RefreshedHome") -> None:
    """In the published file and in the plan, although the models were built before the delivery."""
    added = {found["sync"]: found["added"] for found in refreshed_home.result["deliveries"]}
    published = dict(
        refreshed_home.published("select audience, delivered_count from marts.audience_waterfall")
    )
    planned = last_line(refreshed_home.onefold("sync", "plan", "--json"))["syncs"]
    waterfalls = {plan["sync"]: plan["waterfall"] for plan in planned}

    assert published["lapsed_customers"] == added["webhook_lapsed_customers"] > 0
    assert published["abandoned_carts"] == added["csv_abandoned_carts"]
    for sync, waterfall in waterfalls.items():
        assert waterfall["delivered_count"] == added[sync]
        assert waterfall["entered_count"] == waterfall["candidate_count"]


def test_the_plan_tells_the_waterfall_in_a_line(refreshed_home: "RefreshedHome") -> None:
    """From candidates to delivered, each step by its name."""
    told = refreshed_home.onefold("sync", "plan").stdout

    assert re.search(
        r"^webhook_lapsed_customers: [\d,]+ candidates \([\d,]+ new, 0 gone\) → [\d,]+ contactable"
        r" → [\d,]+ consented → [\d,]+ not suppressed → [\d,]+ not in the holdout"
        r" → [\d,]+ in priority → [\d,]+ delivered$",
        told,
        re.MULTILINE,
    )


def test_the_account_of_deliveries_is_published(refreshed_home: "RefreshedHome") -> None:
    """What was acknowledged in this run is in the file already, by key and without contacts."""
    delivered = sum(found["added"] for found in refreshed_home.result["deliveries"])
    held = refreshed_home.published("select count(*) from activation.delivered_state")
    tables = refreshed_home.published(
        "select table_name from information_schema.tables where table_schema = 'activation'"
    )

    assert held == [(delivered,)]
    assert {name for (name,) in tables} == set(DELIVERY_TABLES)


def test_the_account_is_renewed_before_the_first_build_after_an_update(
    copied_home: "RefreshedHome",
) -> None:
    """Tables that came with the update wait for the build that makes them."""
    settings = copied_home.settings
    compiled = settings.target_path / "compiled/onefold/models/marts/activation"
    (compiled / "key_holders.sql").unlink()

    assert set(renew_activation(settings)) == set(DELIVERY_TABLES) - {KEY_HOLDERS}


def test_what_dagster_and_dbt_keep_holds_no_addresses(refreshed_home: "RefreshedHome") -> None:
    """Run storage, artifacts and locks are read by more people than the warehouse."""
    addresses = refreshed_home.published(
        "select identifier_value from marts.identifiers where identifier_type = 'email'"
    )
    needles = [address.encode() for (address,) in addresses]
    folders = [refreshed_home.home / name for name in ("dagster", "dbt", "locks")]
    kept = b"".join(
        path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()
    )

    assert needles
    assert not [needle for needle in needles if needle in kept]


def test_doctor_finds_nothing_wrong(refreshed_home: "RefreshedHome") -> None:
    """A home fresh from a run is healthy; an unconfigured destination is no illness."""
    done = refreshed_home.onefold("doctor", "--json")

    assert done.returncode == 0, done.stdout
    assert last_line(done)["is_healthy"]


def test_unconfigured_destinations_are_skipped(refreshed_home: "RefreshedHome") -> None:
    """Outside the demo nothing is configured, and that is no failure."""
    done = refreshed_home.onefold("sync", "plan", "--json")

    assert done.returncode == 0, done.stderr
    assert {found["status"] for found in last_line(done)["syncs"]} == {"not_configured"}


@pytest.mark.parametrize("command", [["run"], ["sync", "run"]])
def test_a_second_writer_says_whom_it_waited_for(
    refreshed_home: "RefreshedHome", command: list[str]
) -> None:
    """Two runs never write at once; who will not wait reads why."""
    lock_path = refreshed_home.settings.locks_path / "run.lock"

    with hold(lock_path, 0, lambda _: None):
        done = refreshed_home.onefold(*command, "--json", ONEFOLD_LOCK_TIMEOUT_SECONDS="0")

    assert done.returncode == 1
    assert f"run.lock is held by another process (number {os.getpid()})" in done.stderr
    assert "Traceback" not in done.stderr


def test_broken_data_are_neither_published_nor_sent(copied_home: "RefreshedHome") -> None:
    """A row that no loader would let in fails a test, and everything after it stays undone."""
    with duckdb.connect(str(copied_home.settings.warehouse_path)) as warehouse:
        warehouse.execute(
            "insert into raw_pos.transactions by name "
            "select 'T-broken' as transaction_id, 'abc' as amount, 1 as _line_number, "
            "1 as _load_number, 'broken' as _row_digest"
        )
    snapshots = set(copied_home.settings.snapshots_path.iterdir())

    done = copied_home.onefold("demo", "--json")

    result = last_line(done)
    assert done.returncode == 1
    assert (result["status"], result["published"]) == ("failed", None)
    assert not any(found["added"] + found["removed"] for found in result["deliveries"])
    assert result["run_id"] > copied_home.result["run_id"]
    loaded = {(found["source"], found["table"]): found["rows_read"] for found in result["loads"]}
    before = {
        (found["source"], found["table"]): found["rows_read"]
        for found in copied_home.result["loads"]
        if found["rows_read"]
    }
    assert loaded == before
    assert "test no_nulls_stg_pos__transactions" in done.stderr
    assert "Traceback" not in done.stderr
    assert copied_home.published("select run_id from marts.run") == [
        (copied_home.result["run_id"],)
    ]
    assert set(copied_home.settings.snapshots_path.iterdir()) == snapshots

    # It was told when the run failed, and is no news for whoever asks.
    held = copied_home.onefold("sync", "status", "csv_abandoned_carts", "--json")

    assert held.returncode == 1
    [report] = last_line(held)["syncs"]
    assert report["status"] == "blocked"
    assert f"run {result['run_id']} was not published" in report["reason"]
