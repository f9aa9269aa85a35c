"""Promises of the ledger: private, append-only, without a personal value."""

import base64
import logging
import re
import shutil
import stat
import threading
from urllib.parse import quote

import pytest

from orchestration.activation import approve, run_syncs, snapshots, sync_status, syncs
from orchestration.activation.ledger import Digester, Ledger
from orchestration.errors import BusyError, OnefoldError, UsageError, WarehouseError
from orchestration.health import findings
from tests.unit.activation.world import World, declaration

NEEDLES = {f"p{number}": f"needle{number}@example.com" for number in range(20)}


def test_no_personal_value_is_in_the_ledger_or_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither plain nor in another form, also where rows were refused."""
    caplog.set_level(logging.DEBUG)
    world.destination.refuses = lambda operation: operation.key == "p3"
    world.publish(NEEDLES)
    world.run()

    files = world.settings.home.glob("activation.duckdb*")
    content = b"".join(path.read_bytes() for path in files) + caplog.text.encode()
    with Ledger(world.settings).session("Test") as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'ledger'"
        ).fetchall()
        for (table,) in tables:
            rows = connection.table(f"ledger.activation.{table}").fetchall()
            content += str(rows).encode()
    for value in NEEDLES.values():
        for form in (value, quote(value), base64.b64encode(value.encode()).decode()):
            assert form.encode() not in content


def test_the_ledger_and_its_key_are_private(world: World) -> None:
    """The key lies outside the ledger, so that its digests cannot be tried out."""
    Ledger(world.settings).key()
    world.publish(NEEDLES)
    world.run()

    for name in ("activation.duckdb", "ledger.key"):
        assert stat.S_IMODE((world.settings.home / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "abcd", "no key at all"])
def test_a_key_that_is_no_key_any_more_is_told(world: World, content: str) -> None:
    """Digests under an empty key could be searched through in an hour."""
    (world.settings.home / "ledger.key").write_text(content, encoding="ascii")

    with pytest.raises(WarehouseError, match=r"ledger\.key"):
        Ledger(world.settings).key()


@pytest.mark.parametrize("is_key", [True, False], ids=["its key", "the file itself"])
def test_a_damaged_ledger_is_named_by_sync_and_doctor(world: World, is_key: bool) -> None:
    """Whoever reads the sentence is to know which file to put back."""
    world.publish({"p1": "a@example.com"})
    world.run()
    name = "ledger.key" if is_key else "activation.duckdb"
    subject = "key of the ledger" if is_key else "delivery ledger"
    (world.settings.home / name).write_bytes(b"x" * 5000)

    with pytest.raises(WarehouseError, match=re.escape(name)):
        world.run()
    found = next(each for each in findings(world.settings) if each.subject == subject)
    assert (found.state, name in found.sentence) == ("wrong", True)


def test_a_look_at_health_makes_no_key(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of it may still be put back."""
    # dbt would take a quarter of a minute to read the project for a home of its own.
    monkeypatch.setattr("orchestration.health.ensure_manifest", lambda _: {"nodes": {}})
    monkeypatch.setattr("orchestration.health.declared_syncs", lambda _: [declaration()])
    world.publish({"p1": "a@example.com"})
    world.run()
    world.settings.ledger_key_path.unlink()

    states = {each.subject: each.state for each in findings(world.settings)}

    assert (states["delivery ledger"], states["key of the ledger"]) == ("good", "idle")
    assert not world.settings.ledger_key_path.exists()


def test_sql_and_python_digest_alike(world: World) -> None:
    """HMAC-SHA-256 in both."""
    digester = Digester(b"key")
    with Ledger(world.settings).session("Test") as connection:
        row = connection.execute(
            "select keyed_digest($inner_pad, $outer_pad, 'строка')", digester.pads
        ).fetchone()

    assert row == (digester.digest("строка".encode()),)


def test_the_copy_for_dbt_exists_before_anything_was_sent(world: World) -> None:
    """Its tables are empty, and dbt can attach it."""
    path = world.settings.ledger_snapshot_path

    Ledger(world.settings).snapshot_to(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Ledger(world.settings).session("Test", copy=path) as connection:
        assert connection.execute("from copy.activation.delivery").fetchall() == []
        assert connection.execute("from copy.activation.unit_delivery").fetchall() == []


def test_a_lost_ledger_is_no_first_run(world: World) -> None:
    """Who was sent before is neither sent again nor forgotten, and the copy takes its place."""
    settings = world.settings
    world.publish({"p1": "a@example.com"})
    assert world.run().added == 1
    Ledger(settings).snapshot_to(settings.ledger_snapshot_path)
    settings.ledger_path.unlink()

    with pytest.raises(WarehouseError, match=r"activation\.duckdb is missing"):
        world.run()
    found = next(each for each in findings(settings) if each.subject == "delivery ledger")
    assert (found.state, settings.ledger_path.exists()) == ("wrong", False)

    shutil.copyfile(settings.ledger_snapshot_path, settings.ledger_path)
    assert world.run().added == 0


def test_a_sync_runs_once_at_a_time(world: World) -> None:
    """The second one is told so, and does not wait."""
    ledger = Ledger(world.settings)
    with (
        ledger.single_flight("a"),
        ledger.single_flight("b"),
        pytest.raises(BusyError),
        ledger.single_flight("a"),
    ):
        pytest.fail("two at once")


def test_a_run_outlasts_a_look_at_the_plan(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who looks at what would be sent makes no run fail."""
    monkeypatch.setattr(syncs, "destination_for", lambda *_: world.destination)
    world.publish({"p1": "a@example.com"})
    plan = Ledger(world.settings).single_flight(world.declaration.name)
    plan.__enter__()
    threading.Timer(0.3, plan.__exit__, [None, None, None]).start()

    assert syncs.run_sync(world.settings, world.declaration).status == "done"


def test_sessions_of_two_threads_follow_one_another(world: World) -> None:
    """One file, one writer: nobody is refused."""

    def note(name: str) -> None:
        for _ in range(5):
            with Ledger(world.settings).session("Test") as connection:
                connection.execute(
                    "insert into ledger.activation.unit_person values (?, 1, 'u', 'p')", [name]
                )

    threads = [threading.Thread(target=note, args=[name]) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with Ledger(world.settings).session("Test") as connection:
        assert connection.execute(
            "select sync, count(*) from ledger.activation.unit_person group by 1 order by 1"
        ).fetchall() == [("a", 5), ("b", 5)]


def test_a_sync_without_its_settings_is_skipped(world: World) -> None:
    """It is no failure, and it says what is missing."""
    (report,) = run_syncs(world.settings, [world.declaration])

    assert (report.status, report.is_success) == ("not_configured", True)
    assert "ONEFOLD_WEBHOOK_URL" in (report.reason or "")


def test_a_failing_sync_does_not_stop_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One has no snapshot to read its model from; the other is delivered."""
    world.publish(NEEDLES)
    monkeypatch.setenv("ONEFOLD_CSV_DIR", str(world.settings.home / "drop"))
    broken = world.declaration.model_copy(
        update={"name": "broken", "destination": "csv", "model_name": "sync_csv__missing"}
    )
    good = world.declaration.model_copy(update={"name": "good", "destination": "csv"})

    failed, delivered = run_syncs(world.settings, [broken, good])

    assert (failed.status, delivered.status, delivered.added) == ("failed", "done", 20)
    assert "broken" in (failed.reason or "")


def test_snapshots_that_nobody_reads_are_removed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They hold contacts."""
    world.publish(NEEDLES)
    world.publish(NEEDLES)
    monkeypatch.setenv("ONEFOLD_CSV_DIR", str(world.settings.home / "drop"))

    run_syncs(world.settings, [world.declaration.model_copy(update={"destination": "csv"})])

    assert [path.stem for path in (world.settings.home / "snapshots").iterdir()] == ["000002"]


def test_a_snapshot_that_another_run_is_about_to_publish_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written before the published file, while a slow delivery may come to its end."""
    world.publish(NEEDLES)
    monkeypatch.setattr(snapshots, "_published_run", lambda *_: "000002")
    world.publish(NEEDLES)
    world.publish(NEEDLES)

    snapshots.remove_snapshots(world.settings, Ledger(world.settings))

    left = (world.settings.home / "snapshots").iterdir()
    assert sorted(path.stem for path in left) == ["000002", "000003"]


def test_status_tells_where_a_sync_stands(world: World) -> None:
    """From the ledger alone."""
    world.publish(NEEDLES)
    report = world.run()

    assert sync_status(world.settings, [world.declaration]) == [report]


def test_an_unknown_run_cannot_be_approved(world: World) -> None:
    """The sentence says where to look."""
    with pytest.raises(UsageError, match="sync status"):
        approve(world.settings, "000009-ffffffff")


def test_a_run_that_is_not_blocked_cannot_be_approved(world: World) -> None:
    """It would be told as planned, and a later guard would be passed by it."""
    world.publish(NEEDLES)
    run_id = world.run().run_id or ""

    with pytest.raises(UsageError, match="not blocked"):
        approve(world.settings, run_id)


def test_without_the_compiled_model_nothing_is_planned(world: World) -> None:
    """The sentence says how to get it."""
    world.publish(NEEDLES)
    for path in world.settings.target_path.rglob("*.sql"):
        path.unlink()

    with pytest.raises(OnefoldError, match="not compiled yet"):
        world.run()
