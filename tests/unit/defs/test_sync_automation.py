"""Promises of the automation of syncs: once per new model, and never from one that failed."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest

from orchestration.defs.activation.assets import deliveries
from orchestration.defs.publishing.assets import PUBLISHED_FILE
from tests.unit.activation.world import MODEL_NAME, declaration

SYNC = dg.AssetKey(["activation", "test_people"])
MODEL = dg.AssetKey(["marts", MODEL_NAME])
# No delivery is started here.
NO_SESSION = {"session": None}


@dg.asset(key=MODEL, check_specs=[dg.AssetCheckSpec("is_right", asset=MODEL, blocking=True)])
def model(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Stand for the sync model and its tests."""
    is_right = not context.run.tags.get("wrong")
    return dg.MaterializeResult(
        check_results=[dg.AssetCheckResult(check_name="is_right", passed=is_right)]
    )


@dg.asset(key=PUBLISHED_FILE, deps=[MODEL])
def published() -> None:
    """Stand for the file that is replaced after the tests passed."""


class Watched:
    """Definitions, and the eye of Dagster's sensor on them."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self._assets = [model, published, deliveries([declaration()])]
        self._instance = instance
        self._cursor: Any = None

    def look(self) -> int:
        """Return how many syncs would be started now."""
        result = dg.evaluate_automation_conditions(
            defs=dg.Definitions(self._assets, resources=NO_SESSION),
            instance=self._instance,
            cursor=self._cursor,
        )
        self._cursor = result.cursor
        return result.get_num_requested(SYNC)

    def build(self, *assets: dg.AssetsDefinition, wrong: bool = False) -> None:
        """Build some of the assets outside the job."""
        dg.materialize(
            self._assets,
            instance=self._instance,
            resources=NO_SESSION,
            selection=list(assets),
            tags={"wrong": "yes"} if wrong else {},
            raise_on_error=False,
        )


@pytest.fixture
def watched() -> Iterator[Watched]:
    """Return definitions that were looked at once."""
    with dg.DagsterInstance.ephemeral() as instance:
        definitions = Watched(instance)
        definitions.look()
        yield definitions


def test_a_new_model_is_delivered_once(watched: Watched) -> None:
    """Each time that it is published, not before, and not again at the next look."""
    for _ in range(2):
        watched.build(model)
        assert watched.look() == 0

        watched.build(published)
        assert [watched.look(), watched.look()] == [1, 0]


def test_nothing_is_delivered_from_a_model_that_failed_its_tests(watched: Watched) -> None:
    """Until it passed them."""
    watched.build(model, wrong=True)
    watched.build(published)
    assert watched.look() == 0

    watched.build(model, published)
    assert watched.look() == 1
