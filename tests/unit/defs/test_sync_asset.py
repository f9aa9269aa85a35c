"""What the deliveries that Dagster starts do and show."""

import threading
from contextlib import ExitStack
from pathlib import Path

import dagster as dg
import pytest

from orchestration.activation import Ledger, SyncDeclaration, syncs
from orchestration.activation.destinations.protocol import Batch, BatchResult
from orchestration.defs.activation import assets
from orchestration.defs.activation.assets import PUBLISHED_ACTIVATION, STEP, sync_assets, sync_key
from orchestration.errors import BusyError, UsageError
from orchestration.locks import hold, is_held
from orchestration.publishing import deliveries
from orchestration.run_session import RunSession
from tests.unit.activation.world import FakeDestination, World
from tests.unit.defs.test_delivery_metadata import STEPS

PEOPLE = {"p1": "anna@example.com", "p2": "boris@example.com"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two people, whose account nobody reads."""
    world = World(tmp_path)
    world.publish(PEOPLE)
    return world


def test_counts_and_waterfall_are_shown_and_a_full_resync_sends_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option of the launchpad reaches the engine, and every part of the account the asset."""
    monkeypatch.setenv("ONEFOLD_CSV_DIR", str(world.settings.home / "drop"))
    monkeypatch.setattr(assets, "published_waterfall", lambda _: [STEPS])
    csv = world.declaration.model_copy(update={"audience": "lapsed", "destination": "csv"})

    shown = []
    for again in (False, False, True):
        result = _delivered(world, [csv], full_resync=again)
        shown.append(result.asset_materializations_for_node(STEP)[0].metadata)

    counts = [(each["added"].value, each["updated"].value) for each in shown]
    assert counts == [(2, 0), (0, 0), (0, 2)]
    assert {"waterfall", "status"} <= set(shown[0])


def test_deliveries_go_side_by_side_and_let_other_runs_build(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dead destination slows no other, and keeps no run from publishing who withdrew."""
    run_lock = world.settings.locks_path / "run.lock"
    both_send = threading.Barrier(2, timeout=20)
    held = []

    def meet(_: Batch) -> BatchResult | None:
        both_send.wait()
        held.append(is_held(run_lock))
        both_send.wait()
        return None

    def connected(*_: object) -> FakeDestination:
        destination = FakeDestination()
        destination.before_apply = meet
        return destination

    monkeypatch.setattr(syncs, "destination_for", connected)
    monkeypatch.setattr(deliveries, "renew_activation", lambda _: {"held": int(is_held(run_lock))})

    declared = [_named(world, "one"), _named(world, "two")]
    result = _delivered(world, declared, *map(sync_key, declared), PUBLISHED_ACTIVATION)

    assert [counts["added"].value for counts in _metadata(result, "one", "two")] == [2, 2]
    assert not any(held)
    assert _metadata(result, PUBLISHED_ACTIVATION.path[-1])[0]["held"].value == 1


def test_one_sync_can_be_chosen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the launchpad, and as the automation does."""
    monkeypatch.setattr(syncs, "destination_for", lambda *_: FakeDestination())

    one, two = _named(world, "one"), _named(world, "two")

    result = _delivered(world, [one, two], sync_key(two))

    events = result.get_asset_materialization_events()
    assert [event.asset_key for event in events] == [sync_key(two)]


def test_a_sync_that_cannot_be_used_keeps_no_other_from_its_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step fails over it, once the others have been sent and told."""

    def connected(_: object, declaration: SyncDeclaration) -> FakeDestination:
        if declaration.name == "one":
            raise UsageError("ONEFOLD_ONE_URL is no address.")
        return FakeDestination()

    monkeypatch.setattr(syncs, "destination_for", connected)

    result = _delivered(world, [_named(world, "one"), _named(world, "two")])

    assert not result.success
    assert [counts["added"].value for counts in _metadata(result, "two")] == [2]


def test_a_sync_that_breaks_is_told_by_the_place_and_keeps_no_other_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text of an exception may quote the data."""

    def connected(_: object, declaration: SyncDeclaration) -> FakeDestination:
        if declaration.name == "one":
            raise RuntimeError("anna@example.com")
        return FakeDestination()

    monkeypatch.setattr(syncs, "destination_for", connected)

    result = _delivered(world, [_named(world, "one"), _named(world, "two")])

    broken, delivered = _metadata(result, "one", "two")
    assert result.success
    assert (broken["status"].value, delivered["added"].value) == ("failed", 2)
    assert str(broken["reason"].value).startswith("Unforeseen RuntimeError in test_sync_asset.py")


def test_an_account_that_another_run_keeps_waiting_is_left_to_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All was delivered, so the run has not failed; the asset says that it is not current."""
    run_lock = world.settings.locks_path / "run.lock"
    world.settings = world.settings.model_copy(update={"lock_timeout_seconds": 0.2})
    others = ExitStack()

    def connected(*_: object) -> FakeDestination:
        others.enter_context(hold(run_lock, 0, lambda _: None))
        return FakeDestination()

    monkeypatch.setattr(syncs, "destination_for", connected)
    one = _named(world, "one")

    with others:
        result = _delivered(world, [one], sync_key(one), PUBLISHED_ACTIVATION)

    delivered, account = _metadata(result, "one", PUBLISHED_ACTIVATION.path[-1])
    assert result.success
    assert (delivered["added"].value, account["is_current"].value) == (2, False)


def test_a_ledger_that_is_kept_from_the_account_fails_no_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy waits for the ledger, as the run waits for its turn."""
    monkeypatch.setattr(Ledger, "snapshot_to", _kept)
    monkeypatch.setattr(syncs, "destination_for", lambda *_: FakeDestination())
    world.settings.published_path.touch()
    one = _named(world, "one")

    result = _delivered(world, [one], sync_key(one), PUBLISHED_ACTIVATION)

    assert result.success
    [account] = _metadata(result, PUBLISHED_ACTIVATION.path[-1])
    assert account["is_current"].value is False


def test_what_cannot_be_read_of_a_sync_is_left_out_and_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """All syncs keep their reports; a text that is not ours may quote the data."""

    def broken(*_: object) -> None:
        raise RuntimeError("anna@example.com")

    monkeypatch.setattr(syncs, "destination_for", lambda *_: FakeDestination())
    monkeypatch.setattr(assets, "published_waterfall", broken)
    world.settings.published_path.touch()

    result = _delivered(world, [_named(world, "one"), _named(world, "two")])

    assert result.success
    assert [counts["added"].value for counts in _metadata(result, "one", "two")] == [2, 2]
    assert "Showing the waterfall of sync one failed: Unforeseen RuntimeError" in caplog.text
    assert "Showing the waterfall of sync two failed: Unforeseen RuntimeError" in caplog.text
    assert "anna" not in caplog.text


def test_a_sync_that_another_run_still_delivers_is_left_to_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no failure of which anybody has to be told."""
    monkeypatch.setattr(syncs, "destination_for", lambda *_: FakeDestination())
    world.settings = world.settings.model_copy(update={"lock_timeout_seconds": 0.2})
    Ledger(world.settings).key()

    with hold(world.settings.locks_path / "sync-one.lock", 0, lambda _: None):
        [counts] = _metadata(_delivered(world, [_named(world, "one")]), "one")

    assert counts["status"].value == "open"
    assert "another run" in str(counts["reason"].value)


def _kept(*_: object) -> None:
    raise BusyError("The ledger is held by another process.")


def _named(world: World, name: str) -> SyncDeclaration:
    return world.declaration.model_copy(update={"name": name})


def _delivered(
    world: World,
    declared: list[SyncDeclaration],
    *chosen: dg.AssetKey,
    full_resync: bool = False,
) -> dg.ExecuteInProcessResult:
    with RunSession(world.settings) as session:
        return dg.materialize(
            sync_assets(declared),
            selection=chosen or [sync_key(sync) for sync in declared],
            resources={"session": session},
            run_config={"ops": {STEP: {"config": {"full_resync": full_resync}}}},
            raise_on_error=False,
        )


def _metadata(result: dg.ExecuteInProcessResult, *names: str) -> list[dict[str, dg.MetadataValue]]:
    by_name = {
        event.asset_key.path[-1]: dict(event.materialization.metadata)
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }
    return [by_name[name] for name in names]
