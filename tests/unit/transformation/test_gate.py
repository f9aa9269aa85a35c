"""Nothing is published on the strength of a test that was not run."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.errors import BuildError
from orchestration.settings import Settings
from orchestration.transformation.gate import require_passed_tests

REQUIRED = "test.onefold.no_person_twice.1a2b"
ADVISORY = "test.onefold.few_odd_names.3c4d"
MANIFEST: dict[str, Any] = {
    "nodes": {
        REQUIRED: {"resource_type": "test", "config": {"severity": "ERROR"}},
        ADVISORY: {"resource_type": "test", "config": {"severity": "warn"}},
        "model.onefold.people": {"resource_type": "model", "config": {}},
    }
}


def settings_after(home: Path, results: dict[str, str] | None) -> Settings:
    """Return the settings of a home whose last build gave these results."""
    settings = Settings(home=home)
    settings.target_path.mkdir(parents=True)
    if results is not None:
        report = [{"unique_id": name, "status": status} for name, status in results.items()]
        path = settings.target_path / "run_results.json"
        path.write_text(json.dumps({"results": report}))
    return settings


@pytest.mark.parametrize(
    "results",
    [
        None,
        {},
        {ADVISORY: "pass", "model.onefold.people": "success"},
        {REQUIRED: "fail"},
        {REQUIRED: "error"},
        {REQUIRED: "skipped"},
        {REQUIRED: "warn"},
    ],
    ids=["no_report", "no_results", "left_out", "failed", "broken", "skipped", "only_warned"],
)
def test_the_gate_is_shut_without_a_pass(tmp_path: Path, results: dict[str, str] | None) -> None:
    """No news is no good news."""
    with pytest.raises(BuildError, match="no pass of the test no_person_twice: the project"):
        require_passed_tests(settings_after(tmp_path, results), MANIFEST)


@pytest.mark.parametrize("advice", ["pass", "warn", "skipped"])
def test_the_gate_opens_when_all_that_must_pass_has_passed(tmp_path: Path, advice: str) -> None:
    """A test that only warns holds nothing back."""
    require_passed_tests(settings_after(tmp_path, {REQUIRED: "pass", ADVISORY: advice}), MANIFEST)
