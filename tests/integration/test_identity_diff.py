"""`onefold identity-diff`: a bad rule is caught before it counts."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from orchestration.settings import PROJECT_DIR
from tests.conftest import copy_of, environment_of, hand_over, run_onefold

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

# Whoever has the same last name: whole families, and all who are called Schmidt.
BAD_RULE = "15,same_last_name,0,0,0,0,0,0,0,0,4,0,0,1,0\n"
LEFT_OUT = "same_phone_without_name"
PROJECT_PARTS = ("models", "macros", "seeds", "tests/data_tests", "orchestration", "demo_company")


def digest(path: Path) -> str:
    """Return a digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def changed_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a bad rule in its seed, and without a good one."""
    project = tmp_path_factory.mktemp("changed") / "project"
    for part in PROJECT_PARTS:
        shutil.copytree(
            PROJECT_DIR / part, project / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copyfile(PROJECT_DIR / name, project / name)
    seed = project / "seeds/identity/match_rules.csv"
    rules = seed.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [rule for rule in rules if LEFT_OUT not in rule]
    seed.write_text("".join(kept) + BAD_RULE, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def production(changed_project: Path, refreshed_home: "RefreshedHome") -> "RefreshedHome":
    """A home whose checkout was changed since its last run."""
    home = copy_of(refreshed_home)
    hand_over(home.home, changed_project)
    return home


@pytest.fixture(scope="module")
def trial(changed_project: Path, production: "RefreshedHome") -> "subprocess.CompletedProcess[str]":
    """What the changed checkout says about the people of the built home."""
    return subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()",
         "identity-diff", "--json", "--max-moved", "0.1%", "--max-merged", "0.1%",
         "--max-mailable", "0"],
        cwd=changed_project,
        env=production.environment | {"PYTHONPATH": str(changed_project)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def document(trial: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """The object with which it ends."""
    assert trial.stdout, trial.stderr
    found: dict[str, Any] = json.loads(trial.stdout.splitlines()[-1])
    return found


def test_a_bad_rule_closes_the_gate(
    trial: "subprocess.CompletedProcess[str]", document: dict[str, Any]
) -> None:
    """A pull request that joins strangers does not pass."""
    exceeded = {m["measure"] for m in document["measures"] if m["is_exceeded"]}

    assert trial.returncode == 1
    assert not document["is_within_limits"]
    assert {"moved", "merged"} <= exceeded
    assert "Traceback" not in trial.stderr


def test_the_rule_is_named(document: dict[str, Any]) -> None:
    """Whoever reads the difference sees which rule joined, and two records to look at."""
    [rule] = [row for row in document["rules"] if row["rule"] == "same_last_name"]
    merged = [example for example in document["examples"] if example["kind"] == "merged"]

    assert (rule["links_before"], rule["links_lost"]) == (0, 0)
    assert rule["links_joining"] > 0
    assert len(merged[0]["record_keys"]) > 1
    assert document["quality"]["precision_before"] >= document["quality"]["precision_after"] > 0


def test_ids_are_kept_from_the_present_assignment(document: dict[str, Any]) -> None:
    """The trial starts from who is who now, so nobody is renamed and nobody goes."""
    assert document["counts"]["people_rekeyed"] == 0
    assert document["counts"]["people_gone"] == 0


def test_a_rule_that_is_left_out_joins_nobody(document: dict[str, Any]) -> None:
    """Records without a name that only a phone number ties to others come apart."""
    [rule] = [row for row in document["rules"] if row["rule"] == LEFT_OUT]

    assert rule["links_lost"] > 0
    assert document["counts"]["people_split"] > 0


def test_production_stays_as_it_was(
    production: "RefreshedHome", trial: "subprocess.CompletedProcess[str]"
) -> None:
    """Neither the published file nor the people of the warehouse changed, and nothing is left."""
    [(run_id,)] = production.published("select run_id from marts.run")

    assert trial.returncode == 1
    assert run_id == production.result["run_id"]
    assert not (production.home / "trial").exists()


def test_a_home_does_not_differ_from_itself(refreshed_home: "RefreshedHome") -> None:
    """Without a change the gate is open."""
    home = str(refreshed_home.home)
    before = digest(refreshed_home.settings.published_path)

    done = refreshed_home.onefold("identity-diff", "--before", home, "--after", home)

    assert done.returncode == 0, done.stderr
    assert "Within the limits." in done.stdout
    assert digest(refreshed_home.settings.published_path) == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--max-moved", "few"], "few is no limit; write a number"),
        (["--after", "nowhere"], "no published file"),
    ],
)
def test_unusable_arguments_are_told(
    refreshed_home: "RefreshedHome", arguments: list[str], sentence: str
) -> None:
    """Exit code 2 and one sentence, before anything is built."""
    done = refreshed_home.onefold("identity-diff", *arguments)

    assert done.returncode == 2
    assert sentence in done.stderr


def test_an_empty_home_has_nothing_to_compare(tmp_path: Path) -> None:
    """Who has not run anything yet is told what to do."""
    done = run_onefold(["identity-diff"], environment_of(tmp_path))

    assert done.returncode == 2
    assert "`onefold run` makes them" in done.stderr
