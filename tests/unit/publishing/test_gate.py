"""A publish looks at the tests itself, whoever starts it."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.errors import BuildError
from orchestration.ingestion.runs import Run
from orchestration.publishing import publish
from orchestration.settings import Settings
from orchestration.transformation.manifest import manifest_path

MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 - UTC without offset, as in the warehouse


def test_a_test_without_a_result_keeps_the_old_file(tmp_path: Path) -> None:
    """The manifest knows a test that the last build did not run."""
    settings = Settings(home=tmp_path)
    settings.target_path.mkdir(parents=True)
    test = {"resource_type": "test", "config": {"severity": "error"}}
    manifest_path(settings).write_text(json.dumps({"nodes": {"test.onefold.new.1": test}}))
    (settings.target_path / "run_results.json").write_text('{"results": []}')

    with pytest.raises(BuildError, match="the test new:"):
        publish(settings, Run("r1", 1, MOMENT, MOMENT, "0"))

    assert not settings.published_path.exists()
