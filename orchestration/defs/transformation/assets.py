"""All models, seeds and tests of the dbt project, built by one process in one step."""

from collections.abc import Iterator

import dagster as dg
from dagster_dbt import DbtProject, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.defs.transformation.translator import (
    OnefoldTranslator,
    is_inlined,
    with_placed_tests,
)
from orchestration.run_session import RunSession
from orchestration.transformation.build import NodeEvent, stream_build
from orchestration.transformation.gate import require_passed_tests
from orchestration.transformation.manifest import Manifest

STEP = "build"


class BuildConfig(dg.Config):
    """What may differ from one build to the next."""

    full_refresh: bool = False


def models(dbt_manifest: Manifest, project: DbtProject) -> dg.AssetsDefinition:
    """Build the assets of the dbt project, with its tests as their checks."""
    manifest = with_placed_tests(dbt_manifest)
    translator = OnefoldTranslator()

    @dbt_assets(manifest=manifest, project=project, dagster_dbt_translator=translator, name=STEP)
    def build(
        context: dg.AssetExecutionContext,
        config: BuildConfig,
        session: dg.ResourceParam[RunSession],
    ) -> Iterator[object]:
        # Not through DbtCliResource: it prints each event, and dbt's errors quote the data.
        with told_in_one_sentence():
            session.hand_to_dbt()
            for event in stream_build(session.settings, _arguments(context, config), session.tell):
                if _is_shown(manifest, event):
                    yield from DbtCoreCliEventMessage(event, {}).to_default_asset_events(
                        manifest, translator, context, project=project
                    )
            # dbt reads the project anew; a check that Dagster knows must not be missing from it.
            if not context.is_subset:
                require_passed_tests(session.settings, dbt_manifest)

    return build


def _is_shown(manifest: Manifest, event: NodeEvent) -> bool:
    unique_id = event["data"].get("node_info", {}).get("unique_id")
    return unique_id in manifest["nodes"] and not is_inlined(manifest, unique_id)


def _arguments(context: dg.AssetExecutionContext, config: BuildConfig) -> list[str]:
    # Unit tests prove the code, not the data: `make test` runs them, a refresh need not.
    arguments = ["--exclude-resource-type", "unit_test"]
    if config.full_refresh:
        arguments.append("--full-refresh")
    if context.is_subset:
        arguments += ["--select", *sorted(key.path[-1] for key in context.selected_asset_keys)]
    return arguments
