"""What Dagster shows of a delivery."""

from base64 import b64decode
from pathlib import Path

import pytest

from orchestration.activation import SyncReport, held_count
from orchestration.defs.activation import assets
from orchestration.defs.activation.assets import counts, waterfall
from tests.unit.activation.world import World

PEOPLE = {"p1": "anna@example.com", "p2": "boris@example.com"}
STEPS = {
    "audience": "lapsed",
    "candidate_count": 900,
    "contactable_count": 80,
    "consented_count": 70,
    "unsuppressed_count": 60,
    "unheld_count": 50,
    "deliverable_count": 40,
    "delivered_count": 0,
}


@pytest.fixture
def delivered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a company that delivered an audience."""
    world = World(tmp_path)
    world.declaration = world.declaration.model_copy(update={"audience": "lapsed"})
    world.publish(PEOPLE)
    world.run()
    monkeypatch.setattr(assets, "published_waterfall", lambda _: [STEPS])
    return world


def test_the_waterfall_ends_with_what_the_destination_holds_now(delivered: World) -> None:
    """Not with what it held when the audience was built."""
    assert held_count(delivered.settings, delivered.declaration) == 2

    shown = waterfall(delivered.settings, delivered.declaration)["waterfall"]

    drawn = b64decode(str(shown.value).partition("base64,")[2].rstrip(")")).decode()
    numbers = ["900", "80", "70", "60", "50", "40", "2"]
    assert [number for number in numbers if f">{number}<" in drawn] == numbers


def test_a_sync_without_audience_has_no_waterfall(delivered: World) -> None:
    """Nobody counted its steps."""
    other = delivered.declaration.model_copy(update={"audience": None})

    assert waterfall(delivered.settings, other) == {}


def test_refused_reasons_are_shown_where_rows_stand_refused() -> None:
    """By code, and else not at all."""
    refused = SyncReport(
        sync="people", run_id="1", status="done_with_rejects", refused_reasons={"GONE": 2}
    )

    assert counts(refused)["refused_reasons"] == {"GONE": 2}
    assert "refused_reasons" not in counts(refused.model_copy(update={"refused_reasons": {}}))


def test_counts_hold_nobodys_data(delivered: World) -> None:
    """Numbers and states."""
    shown = counts(delivered.run())

    assert not [value for value in PEOPLE.values() if value in str(shown)]
    assert shown["status"] == "done"
