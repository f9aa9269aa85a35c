"""The health of the graph: what is read from the warehouse, and how Dagster shows it."""

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.defs.identity.checks import identity_health
from orchestration.identity.health import PROMISES, read_health
from orchestration.plots import bar_chart
from orchestration.run_session import RunSession
from orchestration.settings import Settings

TABLES = """
    create schema marts;
    create schema intermediate;
    create schema reference;
    create table marts.people as
        select unnest([1, 1, 2, 3, 8, 300]) as record_count;
    create table reference.identifier_types as
        select 'email' as identifier_type, 50 as max_records, 5 as max_initials,
            null::bigint as max_contacts;
    create table intermediate.int_identity__identifiers as
        select 'email' as identifier_type, unnest([1, 2, 45, 60]) as holder_count,
            1 as initial_count, 1 as contact_count,
            unnest([null, null, null, 'hub: on more records']) as rejection_reason;
    create table marts.identity_health (
        run_id text, metric text, metric_value decimal(18, 6), past_value decimal(18, 6),
        greatest_healthy_value decimal(18, 6), is_healthy boolean, measured_at timestamp
    );
    insert into marts.identity_health values
        ('1', 'largest_person', 12, null, 200, true, '2026-03-01'),
        ('2', 'largest_person', 300, 12, 200, false, '2026-03-02'),
        ('2', 'id_churn', 0.001, 0, 0.005, true, '2026-03-02'),
        ('2', 'of_another_version', 1, 1, 1, true, '2026-03-02');
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose newest build has a person who is too large."""
    settings = Settings(home=tmp_path)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute(TABLES)
    return settings


def results_of(
    settings: Settings, tell: Callable[[str], None]
) -> dict[str | None, dg.AssetCheckResult]:
    """Run the checks and return their results by name."""
    results = identity_health(session=RunSession(settings, tell))
    return {result.check_name: result for result in results}  # type: ignore[union-attr]


def test_only_the_newest_build_is_read(settings: Settings) -> None:
    """The metrics of earlier runs are its past; a metric that nobody promised is left out."""
    health = read_health(settings.warehouse_path)

    assert [metric.sentence() for metric in health.metrics] == [
        "The largest person has 300 records; up to 200 is fine.",
        "0.10 % of the former records have another person id; up to 0.50 % is fine.",
    ]


def test_sizes_are_counted_in_classes(settings: Settings) -> None:
    """One large person among many small ones is seen at a glance, and so is a value near a hub."""
    health = read_health(settings.warehouse_path)

    assert health.person_sizes == [("1", 2), ("2-3", 2), ("8-15", 1), ("256-511", 1)]
    assert health.value_fullness == [("20-39 %", 1), ("80-100 %", 1), ("over: hubs", 1)]


def test_an_unhealthy_metric_warns_and_is_told(settings: Settings) -> None:
    """A warning stops neither the file nor the deliveries, but nobody must overlook it."""
    told: list[str] = []

    result = results_of(settings, told.append)["no_person_is_too_large"]

    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert told == ["Warning: The largest person has 300 records; up to 200 is fine."]
    assert "data:image/svg+xml" in str(result.metadata["sizes"].value)


def test_every_promise_gets_an_answer(settings: Settings) -> None:
    """A check without a result would stop the job."""
    results = results_of(settings, print)

    assert set(results) == {promise.check for promise in PROMISES.values()}
    assert results["merges_are_as_usual"].passed


def test_a_chart_shows_every_bar_and_escapes_its_names() -> None:
    """The highest bar fills the chart; a chart of nothing is still a chart."""
    drawn = bar_chart("A & B", [("<1", 1), ("2", 4)])

    assert drawn.count("<rect") == 2
    assert "A &amp; B" in drawn
    assert "&lt;1" in drawn
    assert "<rect" not in bar_chart("nothing", [])
