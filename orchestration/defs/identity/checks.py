"""The health of the identity graph as checks: they warn, and stop neither files nor deliveries."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.identity.health import PROMISES, Health, Metric, read_health
from orchestration.identity.plots import as_markdown, bar_chart
from orchestration.run_session import RunSession

HEALTH = dg.AssetKey(["marts", "identity_health"])
# Where the sizes of all people tell more than the one number.
SHOWN_WITH_SIZES = ("no_person_is_too_large", "few_records_are_in_crowded_people")


@dg.multi_asset_check(
    name="identity__health",
    specs=[
        dg.AssetCheckSpec(promise.check, asset=HEALTH, description=promise.description)
        for promise in PROMISES.values()
    ],
)
def identity_health(session: dg.ResourceParam[RunSession]) -> Iterator[dg.AssetCheckResult]:
    """Hold each metric of the newest build against its limit and its past."""
    with told_in_one_sentence():
        health = read_health(session.settings.warehouse_path)
        for metric in health.metrics:
            if not metric.is_healthy:
                session.tell(f"Warning: {metric.sentence()}")

    measured = {metric.promise.check: metric for metric in health.metrics}
    for promise in PROMISES.values():
        if promise.check in measured:
            yield _result(measured[promise.check], health)
        else:
            yield _not_measured(promise.check)


def _result(metric: Metric, health: Health) -> dg.AssetCheckResult:
    metadata: dict[str, dg.MetadataValue] = {"value": dg.MetadataValue.float(metric.value)}
    if metric.limit is not None:
        metadata["fine_up_to"] = dg.MetadataValue.float(metric.limit)
    if metric.past_value is not None:
        metadata["past_average"] = dg.MetadataValue.float(metric.past_value)
    if metric.promise.check in SHOWN_WITH_SIZES:
        metadata["people_by_records"] = _plot("People by number of records", health.person_sizes)
    if len(metric.history) > 1:
        runs = [(run_id.rsplit("-", 1)[-1], value) for run_id, value in metric.history]
        metadata["run_by_run"] = _plot("From run to run", runs, metric.limit)

    return dg.AssetCheckResult(
        asset_key=HEALTH,
        check_name=metric.promise.check,
        passed=metric.is_healthy,
        severity=dg.AssetCheckSeverity.WARN,
        description=metric.sentence(),
        metadata=metadata,
    )


def _not_measured(check: str) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=HEALTH,
        check_name=check,
        passed=True,
        severity=dg.AssetCheckSeverity.WARN,
        description="The newest build did not measure this.",
    )


def _plot(
    title: str, bars: list[tuple[str, float]], limit: float | None = None
) -> dg.MetadataValue:
    return dg.MetadataValue.md(as_markdown(title, bar_chart(title, bars, limit)))
