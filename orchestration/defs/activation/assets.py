"""An asset per declared sync, and the published account of what they delivered."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from orchestration.activation import (
    SyncDeclaration,
    SyncReport,
    finished_syncs,
    held_count,
)
from orchestration.defs.monitoring.failures import WHEN_IT_MAY_PASS, told_in_one_sentence
from orchestration.defs.publishing.assets import PUBLISHED_FILE
from orchestration.defs.transformation.translator import LEDGER
from orchestration.errors import logged_if_it_fails
from orchestration.plots import as_markdown, bar_chart
from orchestration.publishing import publish_account
from orchestration.publishing.holds import hold_while_others_run
from orchestration.publishing.reading import WATERFALL_STEPS, published_waterfall
from orchestration.run_session import RunSession
from orchestration.settings import Settings

logger = logging.getLogger(__name__)

# Once per new model, which syncs read as it was published; one that is built and not published
# holds them. Nobody is contacted from a model that failed its tests.
WHEN_PUBLISHED = (
    dg.AutomationCondition.eager().replace(
        "any_deps_updated",
        dg.AutomationCondition.any_deps_updated().allow(dg.AssetSelection.assets(PUBLISHED_FILE)),
    )
    & dg.AutomationCondition.all_deps_blocking_checks_passed()
)


class DeliveryConfig(dg.Config):
    """What may differ from one delivery to the next."""

    full_resync: bool = False


STEP = "deliveries"
PUBLISHED_ACTIVATION = dg.AssetKey(["activation", "published_activation"])
TITLE = "From candidates to deliveries:"
DELIVERED_IN_FULL = "delivered_in_full"


ledger = dg.AssetSpec(
    LEDGER,
    description="What was sent and what became of it; written by the deliveries, only added to.",
    group_name="activation",
    owners=["team:data"],
    kinds={"duckdb"},
)


def sync_assets(syncs: Sequence[SyncDeclaration]) -> list[dg.AssetsDefinition]:
    """Build the assets of all syncs and the one that publishes what they did."""
    delivered = [deliveries(syncs)] if syncs else []
    return [*delivered, published_activation(sorted(map(sync_key, syncs)))]


def deliveries(syncs: Sequence[SyncDeclaration]) -> dg.AssetsDefinition:
    """Build an asset per sync, which keeps one tool equal to one sync model.

    They are one step, in which all that are chosen run side by side: as steps of their own, which
    one process takes one after the other, each would wait for the slowest before it.
    """
    by_key = {sync_key(sync): sync for sync in syncs}

    @dg.multi_asset(
        name=STEP,
        specs=[_spec(sync) for sync in syncs],
        check_specs=[
            dg.AssetCheckSpec(
                DELIVERED_IN_FULL,
                asset=key,
                description="No row was refused, and no guard held the sync back.",
            )
            for key in by_key
        ],
        can_subset=True,
    )
    def delivered(
        context: dg.AssetExecutionContext,
        config: DeliveryConfig,
        session: dg.ResourceParam[RunSession],
    ) -> Iterator[dg.MaterializeResult]:
        settings = session.settings
        chosen = {by_key[key].name: by_key[key] for key in sorted(context.selected_asset_keys)}
        # What a destination refuses is a failed check, not a failed step: a failed step would
        # keep the account of all the other deliveries from being published.
        with told_in_one_sentence():
            hold = hold_while_others_run(settings)
            # A slow destination keeps no other run from publishing who withdrew meanwhile.
            session.let_others_run()
            finished = finished_syncs(
                settings, list(chosen.values()), hold=hold, full_resync=config.full_resync
            )
            for report in finished:
                yield _result(settings, chosen[report.sync], report)

    return delivered


def sync_key(sync: SyncDeclaration) -> dg.AssetKey:
    """Return the key of the asset of a sync."""
    return dg.AssetKey(["activation", sync.name])


def _spec(sync: SyncDeclaration) -> dg.AssetSpec:
    return dg.AssetSpec(
        sync_key(sync),
        deps=[dg.AssetKey(["marts", sync.model_name]), PUBLISHED_FILE],
        description=sync.description,
        group_name="activation",
        owners=[sync.owner_email or "team:data"],
        tags={"pii": "true"},
        kinds={sync.destination},
        automation_condition=WHEN_PUBLISHED,
    )


def _result(settings: Settings, sync: SyncDeclaration, report: SyncReport) -> dg.MaterializeResult:
    metadata = counts(report)
    with logged_if_it_fails(logger, f"Showing the waterfall of sync {sync.name}"):
        metadata |= waterfall(settings, sync)
    check = dg.AssetCheckResult(
        check_name=DELIVERED_IN_FULL,
        asset_key=sync_key(sync),
        passed=report.is_success,
        description=report.reason or f"The sync is {report.status}.",
        metadata={"rejected": report.rejected, "pending": report.pending},
    )
    return dg.MaterializeResult(asset_key=sync_key(sync), metadata=metadata, check_results=[check])


def waterfall(settings: Settings, sync: SyncDeclaration) -> dict[str, dg.MetadataValue]:
    """Draw how many of the audience come through, step by step, to what the destination holds."""
    published = published_waterfall(settings) if settings.published_path.is_file() else []
    steps = next((row for row in published if row["audience"] == sync.audience), None)
    if steps is None:
        return {}
    counted = steps | {"delivered_count": held_count(settings, sync)}
    bars = [("candidates", counted["candidate_count"])]
    bars += [(name, counted[column]) for column, name in WATERFALL_STEPS.items()]
    drawn = as_markdown(TITLE, bar_chart(f"{TITLE} {sync.audience}", bars))
    return {"waterfall": dg.MetadataValue.md(drawn)}


def counts(report: SyncReport) -> dict[str, Any]:
    """Return a report as metadata: numbers and states, nobody's data."""
    return {
        name: value
        for name, value in report.model_dump(exclude={"sync"}).items()
        if value is not None
    }


def published_activation(deliveries: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Build the asset that puts the newest deliveries into the published file."""

    @dg.asset(
        key=PUBLISHED_ACTIVATION,
        deps=deliveries,
        description="Schema `activation` of the published file, from the ledger as it is now.",
        group_name="activation",
        owners=["team:data"],
        kinds={"duckdb"},
        retry_policy=WHEN_IT_MAY_PASS,
    )
    def account(session: dg.ResourceParam[RunSession]) -> dg.MaterializeResult:
        with told_in_one_sentence():
            published = publish_account(session)
        if published.delay:
            session.tell(published.delay)
        # All was delivered, so a run that another one overtook has not failed.
        return dg.MaterializeResult(
            metadata=published.row_counts | {"is_current": published.is_current}
        )

    return account
