"""Dagster's entry point: every asset, job, schedule and sensor."""

import dagster as dg

from orchestration.activation import declared_syncs
from orchestration.activation.destinations.registry import check_declarations
from orchestration.defs.activation.assets import ledger, sync_assets
from orchestration.defs.activation.sensors import resuming_sensor
from orchestration.defs.identity.checks import identity_health
from orchestration.defs.ingestion.assets import source_assets
from orchestration.defs.ingestion.resources import run_session
from orchestration.defs.ingestion.sensors import raw_files_arrived
from orchestration.defs.monitoring.jobs import hourly, refresh
from orchestration.defs.publishing.assets import published_file
from orchestration.defs.transformation.assets import models
from orchestration.home import prepare_home
from orchestration.project import dbt_project
from orchestration.settings import Settings, get_settings
from orchestration.transformation.manifest import ensure_manifest


@dg.definitions
def definitions() -> dg.Definitions:
    """Return what Dagster loads, for the settings of the environment."""
    return build_definitions(get_settings())


def build_definitions(settings: Settings) -> dg.Definitions:
    """Return the definitions, from the catalog of sources and from dbt's manifest.

    Raises:
        BuildError: the dbt project does not parse.
        UsageError: a sync is declared that its destination cannot honour.
    """
    prepare_home(settings)
    manifest = ensure_manifest(settings)
    syncs = declared_syncs(manifest)
    check_declarations(syncs)
    dbt_models = models(manifest, dbt_project(settings))
    marts = [key for key in dbt_models.keys if key.path[0] == "marts"]

    return dg.Definitions(
        assets=[
            *source_assets(),
            dbt_models,
            published_file(sorted(marts)),
            ledger,
            *sync_assets(syncs),
        ],
        asset_checks=[identity_health],
        jobs=[refresh],
        schedules=[hourly],
        sensors=[raw_files_arrived, resuming_sensor(syncs)],
        resources={"session": run_session},
        executor=dg.in_process_executor,
    )
