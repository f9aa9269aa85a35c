"""A small shop that nobody generated: what goes in by hand comes out as the contract says.

Two whole runs and two that end early serve all tests: first a home that is empty, then a day of
changes on which a run is killed before one goes well, then a broken export.
"""

import csv
import gzip
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from demo_company.receiver import Receiver
from orchestration.settings import PROJECT_DIR
from tests.conftest import ParsedProject, RefreshedHome, environment_of

SECRET = "6e6f72646c69636874" * 4
NOW = "2026-03-01T12:00:00Z"

CONTACTS = """\
\ufeffCONTACT_ID,email,first_name,last_name,country,updated_at,favourite_colour
K-1,Anna.Lind+news@nord.example,Anna,Lind,SE,2026-01-01T00:00Z,blue
K-2,old@nord.example,Bo,Ek,SE,2026-01-05T00:00:00+02:00,
K-2,bo@nord.example,Bo,Ek,SE,20260104T230000Z,
K-3,dag@nord.example,Dag,Gran,SE,0000-00-00,
K-4,eva@nord.example,Eva,Hed,SE,,
,needle@nord.example,No,Key,SE,,
K-5,zoe@nord.example,Zoe,Ask,SE,2026-01-01,,one cell too many
""".replace("\n", "\r\n")

TRANSACTIONS = """\
transaction_id,occurred_at,amount,store_id,loyalty_id,kind
B1,2025-07-01T08:00:00Z,1000.01,Malmö,,
B2,2025-07-01T09:00:00Z,0.10,Malmö,L-77,sale
B3,2025-07-01T23:30:00-02:00,0.20,Malmö,L-77,Sale
B4,2025-07-02T10:00:00Z,0.10,Malmö,L-77,RETURN
B5,2025-07-02T11:00:00Z,-10.00,Lund,,return
B6,2025-07-02T11:00:00Z,"12,50",Lund,,sale
"""

ORDERS = """\
order_id,ordered_at,amount,user_id,email
W1,2025-06-01 10:00:00,100.10,101,
W2,2025-09-02T12:00:00Z,49.99,,dag@nord.example
W3,2025-09-02T11:59:59Z,20.00,,eva@nord.example
W4,2025-01-01,15.00,204,
"""

DECISIONS = """\
decision_id,decision,decided_at,purpose,channel,source_name,record_type,record_id,\
identifier_type,identifier_value
D1,opt_in,2025-01-01,,,crm,contact,K-1,,
D2,opt_out,2025-02-01,marketing,sms,shop,customer,101,,
D3,opt_in,2025-03-01,ads_matching,,,,,email,BO@nord.example
D4,opt_in,2025-03-01,marketing,email,,,,email,bo@nord.example
D5,opt_out,2025-03-01,marketing,email,crm,contact,K-2,,
D6,opt_in,2025-01-01,marketing,email,crm,contact,K-3,,
D7,opt_in,2025-01-01,marketing,email,crm,contact,K-4,,
D8,opt_in,2025-01-01,,,web,account,201,,
D9,opt_in,2025-01-01,,,web,account,202,,
D10,opt_in,2025-01-01,,,web,account,203,,
D11,opt_in,2025-01-01,,,web,account,204,,
D12,opt_out,last Friday,,phone,crm,contact,K-1,,
"""

# Cookie c1 is Anna's alone; on c2 she and customer 102 log in by turns; the others leave carts.
EVENTS = [
    ("e1", "page_view", "2026-02-01T10:00:00Z", "c1", None),
    ("e2", "login", "2026-02-01T10:30:00Z", "c1", "101"),
    ("e3", "page_view", "2026-02-01T11:00:01Z", "c1", None),
    ("s1", "login", "2026-02-02T08:00:00Z", "c2", "101"),
    ("s2", "page_view", "2026-02-02T08:02:00Z", "c2", None),
    ("s3", "login", "2026-02-02T20:00:00Z", "c2", "102"),
    ("s4", "page_view", "2026-02-02T20:05:00Z", "c2", None),
    ("k1", "add_to_cart", "2026-03-01T11:00:00Z", "c3", "201"),
    ("k2", "add_to_cart", "2026-03-01T11:00:01Z", "c4", "202"),
    ("k3", "begin_checkout", "2026-02-22T12:00:00Z", "c5", "203"),
    ("k4", "add_to_cart", "2026-02-22T11:59:59Z", "c6", "204"),
]


def write_first_files(raw: Path) -> None:
    """Write every format once, some of it compressed, among files that mean nothing."""
    for source in ("crm", "pos", "web/events", "shop", "consent", "erp"):
        (raw / source).mkdir(parents=True)
    (raw / "crm/contacts.csv").write_text(CONTACTS, encoding="utf-8", newline="")
    (raw / "pos/transactions.csv").write_text(TRANSACTIONS, encoding="utf-8")
    (raw / "shop/orders.csv.gz").write_bytes(gzip.compress(ORDERS.encode()))
    (raw / "consent/decisions.csv").write_text(DECISIONS, encoding="utf-8")
    (raw / "erp/stock.csv").write_text("x\n1\n", encoding="utf-8")

    customers = {"user_id": [101.0, 102.0, None], "email": ["anna.lind@nord.example", None, "x"]}
    pq.write_table(pa.table(customers), raw / "shop/customers.parquet")
    names = ("event_id", "event_name", "occurred_at", "anonymous_id", "user_id")
    lines = [json.dumps(dict(zip(names, event, strict=True))) for event in EVENTS[:7]]
    lines += [
        json.dumps(
            dict(zip(names, event, strict=True)) | {"email": f"Cart+{event[0]}@{event[4]}.example"}
        )
        for event in EVENTS[7:]
    ]
    (raw / "web/events/1.jsonl").write_text("\n".join(lines[:5]) + "\nno json\n", encoding="utf-8")
    (raw / "web/events/2.jsonl.gz").write_bytes(gzip.compress("\n".join(lines[5:]).encode()))


def write_changes(raw: Path) -> None:
    """Write the news of a day: one leaves by consent, one by buying, one has another name."""
    with (raw / "consent/decisions.csv").open("a", encoding="utf-8") as decisions:
        decisions.write("D99,opt_out,2026-02-27,,,,,,email,EVA@nord.example\n")
    (raw / "shop/orders").mkdir()
    (raw / "shop/orders/late.csv").write_text(
        "order_id,ordered_at,amount,email\nW9,2026-02-28,1.00,anna.lind@nord.example\n",
        encoding="utf-8",
    )


@dataclass
class Shop:
    """The shop's home and files, and what its runs ended with."""

    refreshed: RefreshedHome
    raw: Path
    folder: Path
    runs: list["subprocess.CompletedProcess[str]"] = field(default_factory=list)

    def run(self) -> dict[str, Any]:
        """Run the main job on the files as they are now."""
        done = self.refreshed.onefold("run", "--raw", str(self.raw), "--json")
        self.runs.append(done)
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    def kill_a_run(self) -> None:
        """Start the main job, and kill it when dbt builds its first model."""
        begun = self.refreshed.settings.target_path / "run" / "onefold" / "models"
        shutil.rmtree(begun)
        program = "import sys; from orchestration.cli import main; sys.exit(main())"
        with subprocess.Popen(
            [sys.executable, "-c", program, "run", "--raw", str(self.raw)],
            env=self.refreshed.environment,
            cwd=PROJECT_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as running:
            while not any(begun.rglob("*.sql")):
                assert running.poll() is None
                time.sleep(0.1)
            running.kill()

    def marts(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the published file."""
        return self.refreshed.published(query)

    def members(self) -> set[str]:
        """Return the addresses that the webhook's vendor holds now."""
        with sqlite3.connect(self.folder / "vendor" / "receiver.sqlite") as database:
            rows = database.execute("select fields from members").fetchall()
        return {json.loads(fields)["email"] for (fields,) in rows}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, parsed_project: ParsedProject) -> Iterator[Shop]:
    """The shop with both destinations, before its first run."""
    folder = tmp_path_factory.mktemp("shop")
    parsed_project.put_into(folder / "home")
    with Receiver(folder / "vendor", SECRET, throttle_every=1, refuse_every=10**6) as vendor:
        environment = environment_of(folder / "home") | {
            "ONEFOLD_NOW": NOW,
            "ONEFOLD_WEBHOOK_URL": vendor.url,
            "ONEFOLD_WEBHOOK_SECRET": SECRET,
            "ONEFOLD_ALLOW_HOSTS": vendor.host,
            "ONEFOLD_CSV_DIR": str(folder / "drop"),
        }
        write_first_files(folder / "raw")
        yield Shop(RefreshedHome(folder / "home", {}, environment), folder / "raw", folder)


@pytest.fixture(scope="module")
def first(shop: Shop) -> dict[str, Any]:
    """What the first run ended with."""
    return shop.run()


def test_first_run_counts_every_row(shop: Shop, first: dict[str, Any]) -> None:
    """Rows read, kept, superseded and quarantined, for the tables that had rows."""
    counts = {
        f"{load['source']}.{load['table']}": tuple(
            load[f"rows_{part}"] for part in ("read", "staged", "superseded", "quarantined")
        )
        for load in first["loads"]
        if load["rows_read"]
    }

    assert (first["status"], shop.runs[0].returncode) == ("done", 0)
    assert counts == {
        "crm.contacts": (7, 4, 1, 2),
        "pos.transactions": (6, 5, 0, 1),
        "shop.customers": (3, 2, 0, 1),
        "shop.orders": (4, 4, 0, 0),
        "web.events": (12, 11, 0, 1),
        "consent.decisions": (12, 11, 0, 1),
    }
    assert "erp" in shop.runs[0].stderr
    assert "needle" not in shop.runs[0].stderr + shop.runs[0].stdout


def test_money_is_exact_whoever_paid(shop: Shop, first: dict[str, Any]) -> None:
    """By day and store, with returns below zero and receipts of nobody."""
    assert first["published"]
    assert shop.marts(
        "select cast(ordered_at as date)::text, store_id, sum(amount) from marts.orders "
        "where source_name = 'pos' group by all order by all"
    ) == [
        ("2025-07-01", "Malmö", Decimal("1000.11")),
        ("2025-07-02", "Lund", Decimal("-10.00")),
        ("2025-07-02", "Malmö", Decimal("0.10")),
    ]
    assert shop.marts("select order_id from marts.orders where person_id is null order by 1") == [
        ("B1",),
        ("B5",),
    ]


def test_records_find_their_people(shop: Shop, first: dict[str, Any]) -> None:
    """One address written in two ways is one mailbox; the shared cookie is nobody's."""
    [(anna,)] = shop.marts("select person_id from marts.person_records where record_id = 'K-1'")
    records = "select record_key from marts.person_records where person_id"

    assert first["people"]
    assert shop.marts(f"{records} = '{anna}' order by 1") == [
        ("crm:contact:K-1",),
        ("shop:customer:101",),
        ("web:account:101",),
        ("web:cookie:c1",),
    ]
    assert shop.marts(f"{records} is null") == [("web:cookie:c2",)]
    assert shop.marts(
        "select person_records.record_id, string_agg(events.event_id, ' ' order by event_id) "
        "from marts.events join marts.person_records using (person_id) "
        "where anonymous_id = 'c2' and record_key like 'web:account:%' group by 1 order by 1"
    ) == [("101", "s1 s2"), ("102", "s3 s4")]
    assert shop.marts(
        "select event_count from marts.sessions where anonymous_id = 'c1' order by started_at"
    ) == [(2,), (1,)]


def test_consent_is_the_latest_and_a_tie_a_refusal(shop: Shop, first: dict[str, Any]) -> None:
    """About a record or an address, with and without purpose, channel and a readable date."""
    assert first["published"]
    assert shop.marts(
        "select record_id, may_email, may_sms, may_call, may_advertise "
        "from marts.single_customer_view join marts.person_records using (person_id) "
        "where record_type = 'contact' order by 1"
    ) == [
        ("K-1", True, False, False, False),
        ("K-2", False, False, False, True),
        ("K-3", True, False, False, False),
        ("K-4", True, False, False, False),
    ]


def test_borders_of_the_audiences(shop: Shop, first: dict[str, Any]) -> None:
    """Lapsed is more than 180 days; a cart counts from an hour to seven days, both included."""
    [drop] = (shop.folder / "drop" / "csv_abandoned_carts").glob("*.csv")
    rows = list(csv.DictReader(drop.read_text(encoding="utf-8").splitlines()))
    manifest = json.loads(drop.with_suffix(".manifest.json").read_text(encoding="utf-8"))

    lapsed = {"anna.lind@nord.example", "eva@nord.example", "cart+k4@204.example"}
    assert shop.members() == lapsed
    assert list(rows[0]) == ["op", "key", "email", "first_name", "last_name"]
    assert sorted(row["email"] for row in rows) == ["cart+k1@201.example", "cart+k3@203.example"]
    assert manifest["rows"] == 2
    assert manifest["sha256"] == hashlib.sha256(drop.read_bytes()).hexdigest()
    assert {sync["sync"]: sync["added"] for sync in first["deliveries"]} == {
        "csv_abandoned_carts": 2,
        "smtp_missing_complements": 0,
        "webhook_lapsed_customers": 3,
    }


def test_links_lead_from_one_end_to_the_other(shop: Shop, first: dict[str, Any]) -> None:
    """A mailbox is found as it was written, and the chain ends at the cookie."""
    assert first["published"]
    done = shop.refreshed.onefold("explain", "email:ANNA.Lind+x@nord.example", "web:c1", "--json")
    told = json.loads(done.stdout)

    assert told["same_person"]
    assert told["links"][-1]["record_id"] == "c1"
    assert set(told["links"][0]) == {
        "link_id", "rule", "source_name", "record_type", "record_id", "seen_at",
    }  # fmt: skip


def test_a_killed_run_is_made_good_by_the_next(shop: Shop, first: dict[str, Any]) -> None:
    """Kill -9 in mid-build: readers keep the old file, and the next run ends as if alone.

    Who withdraws and who buys again is removed; who did not change is sent nothing again.
    """
    write_changes(shop.raw)
    shop.kill_a_run()

    assert shop.marts("select run_id from marts.run") == [(first["run_id"],)]

    second = shop.run()

    assert second["people"] == first["people"]
    assert second["deliveries"] == [
        {"sync": sync, "added": 0, "updated": 0, "removed": count, "rejected": 0, "pending": 0}
        for sync, count in (
            ("csv_abandoned_carts", 0),
            ("smtp_missing_complements", 0),
            ("webhook_lapsed_customers", 2),
        )
    ]
    assert shop.members() == {"cart+k4@204.example"}


def test_of_a_broken_export_nothing_is_published(shop: Shop, first: dict[str, Any]) -> None:
    """One that has no key in any row stops the run, and no value of it is told."""
    assert first["published"]
    published = shop.marts("select run_id from marts.run")
    (shop.raw / "service").mkdir()
    tickets = "ticket_id,created_at,email\n" + ",2026-01-01,needle@nord.example\n" * 101
    (shop.raw / "service/tickets.csv").write_text(tickets, encoding="utf-8")

    third = shop.run()

    assert (third["status"], shop.runs[-1].returncode) == ("failed", 1)
    assert "101 of 101 rows of service.tickets" in shop.runs[-1].stderr
    assert "needle" not in shop.runs[-1].stderr
    assert shop.marts("select run_id from marts.run") == published
