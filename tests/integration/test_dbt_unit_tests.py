"""dbt's unit tests: they prove the code, so a refresh leaves them out and this runs them."""

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from orchestration.transformation.manifest import dbt_command, dbt_environment
from tests.conftest import copy_of

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome


@pytest.fixture(scope="module")
def tested_home(refreshed_home: "RefreshedHome") -> "RefreshedHome":
    """A copy of the built home, for what one call of dbt says."""
    return copy_of(refreshed_home)


@pytest.fixture(scope="module")
def done(tested_home: "RefreshedHome") -> "subprocess.CompletedProcess[str]":
    """All unit tests, run by one call of dbt in a home that was copied."""
    settings = tested_home.settings
    return subprocess.run(
        dbt_command(settings, "test", "--select", "test_type:unit"),
        env=dbt_environment(settings),
        cwd=settings.home,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_rule_of_the_models_holds(
    tested_home: "RefreshedHome", done: "subprocess.CompletedProcess[str]"
) -> None:
    """Each unit test of the dbt project passes, and there are some."""
    report = tested_home.settings.target_path / "run_results.json"
    results = json.loads(report.read_text())["results"]
    failed = [result["unique_id"] for result in results if result["status"] != "pass"]

    assert done.returncode == 0, failed
    assert len(results) > 50


def test_a_home_that_was_copied_is_not_read_anew(
    done: "subprocess.CompletedProcess[str]",
) -> None:
    """Reading the project takes longer than all that is asked of dbt in most calls."""
    told = {json.loads(line)["info"]["name"] for line in done.stdout.splitlines()}

    assert "LogTestResult" in told
    assert "UnableToPartialParse" not in told
