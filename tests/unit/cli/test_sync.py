"""What `onefold sync` passes on."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orchestration import activation, settings
from orchestration.activation import SyncReport, syncs
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.cli import sync as command
from orchestration.errors import BusyError
from orchestration.locks import is_held
from orchestration.publishing import deliveries, holds
from orchestration.transformation import manifest
from tests.unit.activation.world import FakeDestination, World

PEOPLE = {f"p{number:03}": f"{number}@example.com" for number in range(100)}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a company whose only sync drops files."""
    world = World(tmp_path)
    sync = world.declaration.model_copy(update={"destination": "csv"})
    monkeypatch.setenv("ONEFOLD_CSV_DIR", str(tmp_path / "drop"))
    monkeypatch.setattr(command, "_chosen", lambda _: (world.settings, [sync]))
    monkeypatch.setattr(command, "_waterfalls", lambda *_: {})
    monkeypatch.setattr(holds, "hold_reason", lambda _: None)
    monkeypatch.setattr(deliveries, "renew_activation", lambda _: {})
    return world


def test_a_full_resync_sends_what_is_held_again(world: World) -> None:
    """In a plan as in a run."""
    world.publish(PEOPLE)

    assert _told("run")["added"] == 100
    assert _told("plan")["updated"] == _told("run")["updated"] == 0
    assert _told("plan", "--full-resync")["updated"] == 100
    assert _told("run", "--full-resync")["updated"] == 100


def test_an_approved_plan_goes_through(world: World) -> None:
    """By the run that `sync run` and `sync status` name; until then the command fails."""
    world.publish(PEOPLE)
    _told("run")
    world.publish({"p001": "1@example.com"}, dict.fromkeys(PEOPLE, True))

    blocked = _told("run", exit_code=1)

    assert (blocked["status"], blocked["pending"]) == ("blocked", 99)
    shown = CliRunner().invoke(command.sync, ["status"]).output
    assert f"{blocked['sync']} ({blocked['run_id']}): {blocked['reason']}" in shown
    assert _told("approve", blocked["run_id"])["status"] == "planned"
    assert _told("run")["removed"] == 99


def test_another_run_may_publish_withdrawals_while_it_sends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow destination must not keep from it who withdrew meanwhile."""
    lock_path = world.settings.locks_path / "run.lock"
    run_syncs = activation.run_syncs
    held = []

    def observed(*arguments: Any, **options: Any) -> list[SyncReport]:
        held.append(is_held(lock_path))
        return run_syncs(*arguments, **options)

    monkeypatch.setattr(activation, "run_syncs", observed)
    monkeypatch.setattr(deliveries, "renew_activation", lambda _: held.append(is_held(lock_path)))
    world.publish(PEOPLE)

    assert _told("run")["added"] == 100
    assert held == [False, True]


def test_deliveries_that_are_not_published_yet_are_told_and_end_with_a_failure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs that read the published file after the command would miss them."""

    def kept(_: settings.Settings) -> dict[str, int]:
        raise BusyError("ledger.lock is held by another process.")

    monkeypatch.setattr(deliveries, "renew_activation", kept)
    world.publish(PEOPLE)

    result = CliRunner().invoke(command.sync, ["run", "--json"])

    assert result.exit_code == 1
    assert json.loads(result.stdout)["syncs"][0]["added"] == 100
    assert "the published account is without these" in result.stderr


def test_why_rows_stand_refused_is_told_by_code(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a line and to machines, by `run` and by `status`, and nothing of whom."""
    codes = ["gone", "gone", "bad_email", "full", "late", "late", "late"]
    refused = dict(zip(PEOPLE, codes, strict=False))
    destination = FakeDestination(max_batch_size=len(PEOPLE))
    destination.after_apply = lambda _: BatchResult(Verdict.ANSWERED, refused)
    monkeypatch.setattr(syncs, "destination_for", lambda *_: destination)
    world.publish(PEOPLE)

    told = [_told(name, exit_code=1)["refused_reasons"] for name in ("run", "status")]
    shown = CliRunner().invoke(command.sync, ["status"]).stdout

    assert told == [{"late": 3, "gone": 2, "bad_email": 1, "full": 1}] * 2
    assert shown.splitlines()[-1] == "test_people: refused 7: late 3, gone 2, bad_email 1, others 1"


def test_a_sync_that_is_named_twice_is_taken_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the second would wait for the first and tell its nothing as well."""
    sync = World(tmp_path).declaration
    monkeypatch.setattr(settings, "get_settings", lambda: settings.Settings(home=tmp_path))
    monkeypatch.setattr(settings, "export_environment", lambda: None)
    monkeypatch.setattr(manifest, "ensure_manifest", lambda *_, **__: {})
    monkeypatch.setattr(activation, "declared_syncs", lambda _: [sync])

    assert _told("status", sync.name, sync.name)["sync"] == sync.name


def _told(*arguments: str, exit_code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(command.sync, [*arguments, "--json"])
    assert result.exit_code == exit_code, result.output
    (report,) = json.loads(result.stdout.splitlines()[-1])["syncs"]
    return report
