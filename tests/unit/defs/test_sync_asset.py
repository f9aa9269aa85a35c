"""What a delivery that Dagster starts does and shows."""

from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest

from orchestration.defs.activation import assets
from orchestration.defs.activation.assets import sync_asset
from tests.unit.activation.world import World
from tests.unit.defs.test_delivery_metadata import STEPS

PEOPLE = {"p1": "anna@example.com", "p2": "boris@example.com"}


def test_counts_refusals_and_waterfall_are_shown_and_a_full_resync_sends_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option of the launchpad reaches the engine, and every part of the account the asset."""
    world = World(tmp_path)
    world.publish(PEOPLE)
    monkeypatch.setenv("ONEFOLD_CSV_DIR", str(tmp_path / "drop"))
    monkeypatch.setattr(assets, "hold_reason", lambda _: None)
    monkeypatch.setattr(assets, "published_waterfall", lambda _: [STEPS])
    monkeypatch.setattr(assets, "refused_reasons", lambda *_: {"GONE": 1})
    csv = {"audience": "lapsed", "destination": "csv"}
    asset = sync_asset(world.declaration.model_copy(update=csv))

    shown = [_materialized(asset, world, full_resync=again) for again in (False, False, True)]

    counts = [(each["added"].value, each["updated"].value) for each in shown]
    assert counts == [(2, 0), (0, 0), (0, 2)]
    assert {"waterfall", "refused_reasons", "status"} <= set(shown[0])


def _materialized(
    asset: dg.AssetsDefinition, world: World, *, full_resync: bool
) -> dict[str, dg.MetadataValue]:
    result = dg.materialize(
        [asset],
        resources={"session": SimpleNamespace(settings=world.settings)},
        run_config={"ops": {asset.op.name: {"config": {"full_resync": full_resync}}}},
    )
    return dict(result.asset_materializations_for_node(asset.op.name)[0].metadata)
