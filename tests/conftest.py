"""What tests share: settings that nobody's environment disturbs, and one home that was built."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from xdist.scheduler import LoadScopeScheduling

from demo_company.loopback import put_loopback_up
from orchestration.locks import hold
from orchestration.settings import PROJECT_DIR, Settings, get_settings
from orchestration.transformation.manifest import PARTIAL_PARSE, ensure_manifest
from tests import preloaded

PEOPLE = 150
# The made-up company lives up to the present moment: at another hour it has other customers.
NOW = "2026-06-15T10:30:00Z"

LONGEST_READING_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for another in the end."""
    items.sort(key=lambda item: "integration" not in item.path.parts)


class SharedFixtureScheduling(LoadScopeScheduling):
    """Keeps on one worker what shares the built home, and what shares a module's fixtures.

    pytest-xdist's own groups are suffixes of test ids, which pytest 9.2 no longer lets it set.
    """

    def _split_scope(self, nodeid: str) -> str:
        file_name = nodeid.partition("::")[0]
        return "refreshed_home" if _mentions_home(file_name) else file_name


@cache
def _mentions_home(file_name: str) -> bool:
    text = (PROJECT_DIR / file_name).read_text(encoding="utf-8")
    return "refreshed_home" in text or "copied_home" in text


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedFixtureScheduling:
    """Deal out the tests."""
    return SharedFixtureScheduling(config, log)


@pytest.fixture(autouse=True)
def forgotten_settings() -> Iterator[None]:
    """Let no test see the settings that another has read or set."""
    environment = dict(os.environ)
    get_settings.cache_clear()
    yield
    os.environ.clear()
    os.environ.update(environment)
    get_settings.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def loopback() -> None:
    """Let tests reach their own receivers where the network is off."""
    put_loopback_up()


@dataclass(frozen=True)
class ParsedProject:
    """What dbt made of the project when it read it; it holds in every home."""

    settings: Settings

    def put_into(self, home: Path) -> None:
        """Spare a home that has not run yet the reading."""
        target = Settings(home=home).target_path
        target.mkdir(parents=True)
        for name in ("manifest.json", PARTIAL_PARSE, "project_state"):
            shutil.copyfile(self.settings.target_path / name, target / name)

    def put_into_changed(self, home: Path, project: Path) -> None:
        """Let the home of a changed copy of the project read no more than what is changed."""
        self.put_into(home)
        hand_over(home, project)


def hand_over(home: Path, project: Path) -> None:
    """Let a changed copy of the project pass for the checkout that was read in a home.

    Of the seeds, those without a change are loaded from where they were read.
    """
    state_path = Settings(home=home).target_path / "project_state"
    state_path.write_text(f"{project}\n", encoding="utf-8")


@dataclass(frozen=True)
class RefreshedHome:
    """A state directory in which the demo ran once, and what it said."""

    home: Path
    result: dict[str, Any]
    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        """The settings of this home."""
        return Settings(home=self.home)

    def published(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the published file."""
        with duckdb.connect(str(self.settings.published_path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def onefold(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the program on this home."""
        return run_onefold(list(arguments), self.environment | environment)


def run_onefold(
    arguments: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, which finds imported what takes long."""
    return preloaded.run("orchestration.cli", arguments, environment, PROJECT_DIR)


def environment_of(home: Path) -> dict[str, str]:
    """Return an environment in which only the home is set."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ONEFOLD_", "DBT_"))
    }
    return inherited | {"ONEFOLD_HOME": str(home), "DO_NOT_TRACK": "1"}


@pytest.fixture(scope="session")
def parsed_project(tmp_path_factory: pytest.TempPathFactory) -> ParsedProject:
    """The dbt project, read by the first worker that needs it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    settings = Settings(home=folder / "parsed")
    with hold(folder / "parsed.lock", LONGEST_READING_SECONDS, lambda _: None):
        ensure_manifest(settings)
    return ParsedProject(settings)


@pytest.fixture(scope="session")
def refreshed_home(
    tmp_path_factory: pytest.TempPathFactory, parsed_project: ParsedProject
) -> RefreshedHome:
    """A home with a small made-up company, loaded, built, published and delivered once.

    It costs most of a minute, so all tests share it: look at it, or work on a copy.
    """
    home = tmp_path_factory.mktemp("refreshed") / "home"
    parsed_project.put_into(home)
    environment = environment_of(home) | {"ONEFOLD_NOW": NOW}
    done = run_onefold(["demo", "--people", str(PEOPLE), "--json"], environment)
    assert done.returncode == 0, done.stderr

    return RefreshedHome(home, json.loads(done.stdout.splitlines()[-1]), environment)


@pytest.fixture
def copied_home(refreshed_home: RefreshedHome) -> RefreshedHome:
    """A copy of the built home, to be broken."""
    return copy_of(refreshed_home)


def copy_of(refreshed_home: RefreshedHome) -> RefreshedHome:
    """Copy the built home over the former copy."""
    home = refreshed_home.home.with_name("copy")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(refreshed_home.home, home)
    return RefreshedHome(
        home, refreshed_home.result, refreshed_home.environment | {"ONEFOLD_HOME": str(home)}
    )
