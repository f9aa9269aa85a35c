"""dbt's unit tests: they prove the code, so a refresh leaves them out and this runs them."""

import json
import subprocess
from typing import TYPE_CHECKING

from orchestration.transformation.manifest import dbt_command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RefreshedHome


def test_every_rule_of_the_models_holds(refreshed_home: "RefreshedHome", tmp_path: "Path") -> None:
    """Each unit test of the dbt project passes, and there are some."""
    home = tmp_path / "home"
    subprocess.run(["cp", "-r", str(refreshed_home.home), str(home)], check=True)
    settings = type(refreshed_home.settings)(home=home)

    done = subprocess.run(
        dbt_command(settings, "test", "--select", "test_type:unit"),
        env=refreshed_home.environment | {"ONEFOLD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    results = json.loads((settings.target_path / "run_results.json").read_text())["results"]
    failed = [result["unique_id"] for result in results if result["status"] != "pass"]

    assert done.returncode == 0, failed
    assert len(results) > 50
