"""dbt's unit tests: they prove the code, so a refresh leaves them out and this runs them."""

import json
import subprocess
from typing import TYPE_CHECKING

from orchestration.transformation.manifest import dbt_command

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome


def test_every_rule_of_the_models_holds(copied_home: "RefreshedHome") -> None:
    """Each unit test of the dbt project passes, and there are some."""
    settings = copied_home.settings

    done = subprocess.run(
        dbt_command(settings, "test", "--select", "test_type:unit"),
        env=copied_home.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    results = json.loads((settings.target_path / "run_results.json").read_text())["results"]
    failed = [result["unique_id"] for result in results if result["status"] != "pass"]

    assert done.returncode == 0, failed
    assert len(results) > 50
