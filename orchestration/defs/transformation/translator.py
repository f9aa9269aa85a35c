"""Names of the dbt project's parts as Dagster shows them."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings

from orchestration.transformation.manifest import Manifest

# Staging belongs to what comes in: its folders are sources, not subjects.
GROUP_OF_STAGING = "ingestion"
LEDGER = dg.AssetKey(["activation", "ledger"])


class OnefoldTranslator(DagsterDbtTranslator):
    """Key = layer and model, group = subject, sources = the assets that load them."""

    def __init__(self) -> None:
        # One asset loads all tables of a source.
        super().__init__(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Return `<layer>/<model>`, or for a source the key of the asset that fills it."""
        if dbt_resource_props["resource_type"] == "source":
            source_name = dbt_resource_props["source_name"]
            if source_name == "quarantine":
                # Filled by the asset whose rows it keeps, as consent_decisions by consent.
                source_name = dbt_resource_props["name"].split("_")[0]
            return LEDGER if source_name == "ledger" else dg.AssetKey(["raw", source_name])

        return dg.AssetKey([_folders(dbt_resource_props)[0], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the subject: the folder below the layer."""
        layer, *subjects = _folders(dbt_resource_props)
        if layer == "staging" or not subjects:
            return GROUP_OF_STAGING
        return subjects[0]

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Return the one team that owns the models."""
        del dbt_resource_props
        return ["team:data"]


def with_placed_tests(manifest: Manifest) -> Manifest:
    """Return the manifest with every test placed at a model, so that Dagster shows it as a check.

    dbt places only the tests that stand on a model's page; a test with SQL of its own goes to
    the first model it reads.
    """
    nodes = dict(manifest["nodes"])
    for unique_id, node in manifest["nodes"].items():
        if node["resource_type"] == "test" and not node.get("attached_node"):
            models = [name for name in node["depends_on"]["nodes"] if name.startswith("model.")]
            nodes[unique_id] = node | {"attached_node": models[0] if models else None}

    return manifest | {"nodes": nodes}


def is_inlined(manifest: Manifest, unique_id: str) -> bool:
    """Tell whether a test belongs to a model that leaves no table, and so is no asset."""
    model = manifest["nodes"].get(manifest["nodes"][unique_id].get("attached_node"))
    return model is not None and model["config"]["materialized"] == "ephemeral"


def _folders(properties: Mapping[str, Any]) -> list[str]:
    """Return layer and subject, from the place of the file."""
    top, *folders, _ = PurePosixPath(properties["original_file_path"]).parts
    return ["reference", *folders] if top == "seeds" else folders
