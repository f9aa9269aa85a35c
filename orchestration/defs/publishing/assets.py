"""The published file, made only when every model was built and every test passed."""

from collections.abc import Sequence

import dagster as dg

from orchestration.defs.monitoring.failures import WHEN_IT_MAY_PASS, told_in_one_sentence
from orchestration.publishing import publish
from orchestration.publishing.reading import published_loads, published_people_count
from orchestration.run_session import RunSession

PUBLISHED_FILE = dg.AssetKey(["publishing", "published_file"])


def published_file(marts: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Build the asset that replaces the published file in one step."""

    @dg.asset(
        key=PUBLISHED_FILE,
        deps=marts,
        description="The file that BI tools read, replaced in one step after the tests passed.",
        group_name="publishing",
        owners=["team:data"],
        kinds={"duckdb"},
        retry_policy=WHEN_IT_MAY_PASS,
    )
    def replacement(session: dg.ResourceParam[RunSession]) -> dg.MaterializeResult:
        with told_in_one_sentence():
            published = publish(session.settings, session.built_run)
            people = published_people_count(session.settings)
            loads = published_loads(session.settings)
        return dg.MaterializeResult(
            metadata={
                "run_id": session.built_run.run_id,
                "tables": published.table_count,
                "rows": published.row_count,
                "people": people,
                "loads": dg.MetadataValue.json(loads),
            }
        )

    return replacement
