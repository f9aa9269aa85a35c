"""Deliveries that were interrupted are taken up, once, and only when nothing else is at work."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.activation import Ledger
from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.defs.activation import sensors
from orchestration.defs.activation.assets import deliveries
from orchestration.defs.activation.sensors import resuming_sensor
from orchestration.defs.monitoring import dead_runs
from orchestration.locks import hold
from orchestration.settings import get_settings
from tests.unit.activation.world import KilledError, World
from tests.unit.defs.test_dead_runs import started_run, state

PEOPLE = {"p1": "anna@example.com", "p2": "boris@example.com", "p3": "clara@example.com"}


class Watched:
    """A world, and the sensor's eye on it."""

    def __init__(self, home: Path, instance: dg.DagsterInstance) -> None:
        self.world = World(home)
        self.world.publish(PEOPLE)
        self.instance = instance
        self._cursor: str | None = None

    def die(self) -> None:
        """Run the sync until its process is killed, in the middle."""

        def kill(_: Batch) -> BatchResult | None:
            if self.world.destination.members:
                raise KilledError
            return None

        self.world.destination.before_apply = kill
        with pytest.raises(KilledError):
            self.world.run()
        self.world.destination.before_apply = lambda _: None

    def look(self) -> list[str]:
        """Return the assets that the sensor asks for."""
        sync = self.world.declaration
        definitions = dg.Definitions([deliveries([sync])], resources={"session": None})
        result = resuming_sensor([sync])(
            dg.build_sensor_context(
                cursor=self._cursor, instance=self.instance, definitions=definitions
            )
        )
        if not isinstance(result, dg.SensorResult):
            return []
        self._cursor = result.cursor
        [request] = result.run_requests or ()
        return [key.path[-1] for key in request.asset_selection or ()]


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """A home of its own, whose sync has all its settings."""
    monkeypatch.setenv("ONEFOLD_HOME", str(tmp_path))
    monkeypatch.setenv("ONEFOLD_WEBHOOK_URL", "https://vendor.example/batches")
    monkeypatch.setenv("ONEFOLD_WEBHOOK_SECRET", "whsec_c2VjcmV0")
    monkeypatch.setattr(dead_runs, "YOUNG_SECONDS", 0)
    get_settings.cache_clear()
    with dg.DagsterInstance.ephemeral() as instance:
        yield Watched(tmp_path, instance)


def test_a_killed_delivery_is_asked_for_once(watched: Watched) -> None:
    """With the account of it; not at every look, should its destination put it off."""
    watched.die()

    assert watched.look() == ["test_people", "published_activation"]
    assert watched.look() == []


def test_a_delivery_that_was_killed_again_is_asked_for_later(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is the same one, and it is not forgotten."""
    watched.die()
    watched.look()
    monkeypatch.setattr(sensors, "AGAIN_AFTER_SECONDS", 0)

    assert watched.look() == ["test_people", "published_activation"]


def test_a_delivery_that_ended_or_failed_is_let_be(watched: Watched) -> None:
    """What failed is told, and tried at the next refresh; only the dead cannot tell."""
    watched.world.run()
    ended = watched.look()
    watched.world.publish({"p4": "dora@example.com"} | PEOPLE)
    watched.world.destination.before_apply = lambda _: BatchResult(Verdict.AUTH)
    assert watched.world.run().status == "failed"

    assert (ended, watched.look()) == ([], [])


def test_nothing_is_asked_for_while_a_run_goes_on(watched: Watched) -> None:
    """What looks interrupted may be what that run delivers."""
    watched.die()
    lock_path = watched.world.settings.locks_path / "run.lock"

    with hold(lock_path, 0, lambda _: None):
        assert watched.look() == []
    assert watched.look() != []


def test_syncs_that_a_failed_refresh_holds_back_are_started_to_tell_it(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refresh never came to them; once they have told it, they are let be."""
    watched.world.run()
    doubt = "run 7 was not published"
    monkeypatch.setattr(sensors, "hold_reason", lambda _: doubt)
    monkeypatch.setattr(sensors, "AGAIN_AFTER_SECONDS", 0)

    assert watched.look() == ["test_people", "published_activation"]
    assert watched.world.run(hold=doubt).status == "blocked"
    assert watched.look() == []


def test_a_sync_that_is_not_configured_any_more_is_let_be(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would note nothing, and be started again every ten minutes."""
    watched.world.run()
    monkeypatch.setattr(sensors, "hold_reason", lambda _: "run 7 was not published")
    monkeypatch.setattr(sensors, "missing_settings", lambda _: ["ONEFOLD_WEBHOOK_URL"])

    assert watched.look() == []


def test_a_delivery_that_goes_on_is_not_interrupted(watched: Watched) -> None:
    """`onefold sync run` lets others load and publish while it sends."""
    watched.die()
    ledger = Ledger(watched.world.settings)

    with ledger.single_flight(watched.world.declaration.name):
        assert watched.look() == []


def test_a_dead_run_does_not_keep_dagsters_queue_waiting(watched: Watched) -> None:
    """One run at a time: a run that can never end would keep all others from starting."""
    run_id = started_run(watched.instance)
    watched.die()

    assert watched.look() != []
    assert state(watched.instance, run_id) == dg.DagsterRunStatus.FAILURE
