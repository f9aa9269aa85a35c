"""All definitions load, and the asset graph is the one that was agreed on."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import dagster as dg
import pytest

from orchestration.definitions import build_definitions
from orchestration.defs.monitoring.run_events import failure_sentence
from orchestration.defs.transformation.assets import models
from orchestration.project import dbt_project
from orchestration.transformation.manifest import read_manifest

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

STORED_GRAPH = Path(__file__).with_name("asset_graph.txt")


@pytest.fixture(scope="module")
def definitions(refreshed_home: "RefreshedHome") -> dg.Definitions:
    """What Dagster loads."""
    return build_definitions(refreshed_home.settings)


def drawn_graph(definitions: dg.Definitions) -> str:
    """Write the graph as text: each asset with its group, and below it what it reads."""
    graph = definitions.resolve_asset_graph()
    lines = []
    for key in sorted(graph.materializable_asset_keys):
        node = graph.get(key)
        lines.append(f"{key.to_user_string()} [{node.group_name}]")
        lines += [f"    {parent.to_user_string()}" for parent in sorted(node.parent_keys)]
    return "\n".join(lines) + "\n"


def test_all_definitions_can_be_loaded(definitions: dg.Definitions) -> None:
    """Every asset, job, schedule and sensor fits every other."""
    dg.Definitions.validate_loadable(definitions)


def test_the_asset_graph_is_the_stored_one(definitions: dg.Definitions) -> None:
    """A changed graph is a decision: REWRITE_ASSET_GRAPH=1 pytest stores the new one."""
    drawn = drawn_graph(definitions)
    if "REWRITE_ASSET_GRAPH" in os.environ:
        STORED_GRAPH.write_text(drawn, encoding="utf-8")

    assert drawn == STORED_GRAPH.read_text(encoding="utf-8")


def test_groups_are_the_subjects(definitions: dg.Definitions) -> None:
    """One vocabulary for folders, groups and documents."""
    graph = definitions.resolve_asset_graph()

    assert {graph.get(key).group_name for key in graph.materializable_asset_keys} <= {
        "ingestion", "publishing",
        "identity", "events", "orders", "profiles", "audiences", "privacy", "activation",
    }  # fmt: skip


def test_every_error_test_is_a_blocking_check(
    definitions: dg.Definitions, refreshed_home: "RefreshedHome"
) -> None:
    """What stops `onefold run` also stops a sync that Dagster starts by itself."""
    nodes = read_manifest(refreshed_home.settings)["nodes"].values()
    severities = {
        node["name"]: node["config"]["severity"].lower()
        for node in nodes
        if node["resource_type"] == "test"
    }
    graph = definitions.resolve_asset_graph()
    checks = [graph.get(key) for key in graph.asset_check_keys if key.name in severities]

    assert checks
    assert all(check.blocking == (severities[check.key.name] == "error") for check in checks)


def test_a_check_that_gives_no_result_stops_the_job(
    refreshed_home: "RefreshedHome", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dagster may know the project of yesterday: what dbt no longer tests has not passed."""
    settings = refreshed_home.settings
    manifest = read_manifest(settings)
    known = next(name for name in manifest["nodes"] if name.startswith("test.onefold.unique_"))
    gone = {"test.onefold.gone.1": manifest["nodes"][known] | {"name": "gone"}}
    build = models(manifest | {"nodes": manifest["nodes"] | gone}, dbt_project(settings))
    monkeypatch.setattr("orchestration.defs.transformation.assets.stream_build", lambda *_: [])
    session = SimpleNamespace(settings=settings, hand_to_dbt=lambda: None, tell=print)

    result = dg.materialize([build], resources={"session": session}, raise_on_error=False)

    assert "no pass of the test gone:" in str(failure_sentence(result.all_events))


def test_one_run_builds_while_another_delivers(refreshed_home: "RefreshedHome") -> None:
    """So many Dagster's queue lets through; the run lock keeps two from building at once."""
    with dg.DagsterInstance.from_config(str(refreshed_home.settings.dagster_home)) as instance:
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 2
        assert not instance.telemetry_enabled
