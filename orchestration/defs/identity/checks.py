"""The health of the identity graph as checks: they warn, and stop neither files nor deliveries."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.identity.health import PROMISES, Bars, Health, Metric, read_health
from orchestration.plots import as_markdown, bar_chart
from orchestration.run_session import RunSession

HEALTH = dg.AssetKey(["marts", "identity_health"])


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
    # Dagster draws numbers from run to run by itself.
    numbers = {"value": metric.value, "fine_up_to": metric.limit, "past": metric.past_value}
    metadata: dict[str, dg.MetadataValue] = {
        name: dg.MetadataValue.float(number)
        for name, number in numbers.items()
        if number is not None
    }
    if metric.promise.check in {"no_person_is_too_large", "few_records_are_in_crowded_people"}:
        metadata["sizes"] = _plot("People by number of records", health.person_sizes)
    if metric.promise.check in {"few_values_are_nearly_hubs", "few_values_are_hubs"}:
        title = "Shared values by the part of their limit that they fill"
        metadata["fullness"] = _plot(title, health.value_fullness)

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


def _plot(title: str, bars: Bars) -> dg.MetadataValue:
    return dg.MetadataValue.md(as_markdown(title, bar_chart(title, bars)))
