"""The gate before publishing: shut unless every test that must pass is known to have passed.

A failed test stops a build by itself. This is about tests that gave no result at all, since the
build was a part of the project, or the project another one than the manifest tells of.
"""

import json

from orchestration.errors import BuildError
from orchestration.settings import Settings
from orchestration.transformation.manifest import Manifest

SHOWN_TESTS = 5


def require_passed_tests(settings: Settings, manifest: Manifest) -> None:
    """Go on only where the last build has a pass of each test of severity error.

    Raises:
        BuildError: a test did not pass or gave no result.
    """
    missing = sorted(_required(manifest) - _passed(settings))
    if not missing:
        return

    names = ", ".join(unique_id.split(".")[2] for unique_id in missing[:SHOWN_TESTS])
    rest = f" and {len(missing) - SHOWN_TESTS} more" if len(missing) > SHOWN_TESTS else ""
    raise BuildError(
        f"Nothing is published, since the last build has no pass of the test {names}{rest}: "
        "the project was edited meanwhile, or only a part of it was built. Run all of it again, "
        "in Dagster once the definitions are loaded anew."
    )


def _required(manifest: Manifest) -> set[str]:
    return {
        unique_id
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "test" and node["config"]["severity"].lower() == "error"
    }


def _passed(settings: Settings) -> set[str]:
    path = settings.target_path / "run_results.json"
    if not path.is_file():
        return set()
    report = json.loads(path.read_bytes())
    return {result["unique_id"] for result in report["results"] if result["status"] == "pass"}
