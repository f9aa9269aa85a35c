"""What pyproject.toml says is needed is what the code imports."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from orchestration.settings import PROJECT_DIR

PROJECT = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DRIVERS = {name: needed for name, needed in EXTRAS.items() if name != "demo"}
OWN = {"orchestration", "demo_company"}
# Commands of their own, started and never imported; and the web server behind `onefold dev`.
STARTED = {"dagster-webserver", "dbt-core", "dbt-duckdb"}


def names(requirements: list[str]) -> set[str]:
    """Return the packages that requirements name."""
    return {re.split(r"[<>=~ ;\[]", requirement)[0] for requirement in requirements}


def imported(folder: str) -> set[str]:
    """Return the packages that bring the modules which the code of a folder imports."""
    packages = packages_distributions()
    modules = set(_modules(folder)) - OWN - set(sys.stdlib_module_names)
    return {packages[module][0].lower() for module in modules}


def _modules(folder: str) -> Iterator[str]:
    for path in (PROJECT_DIR / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.split(".")[0]


def test_dependencies_are_what_the_product_imports() -> None:
    """No package is needed and not named, none is named and not needed."""
    drivers = {name for requirements in DRIVERS.values() for name in names(requirements)}

    assert imported("orchestration") - drivers | STARTED == names(PROJECT["dependencies"])


@pytest.mark.parametrize("destination", DRIVERS)
def test_the_driver_of_a_destination_is_its_extra(destination: str) -> None:
    """Nobody else needs it."""
    folder = f"orchestration/activation/destinations/{destination}"

    assert imported(folder) - names(PROJECT["dependencies"]) == names(DRIVERS[destination])


def test_what_the_demo_needs_beyond_that_is_its_extra() -> None:
    """The made-up company is no part of the product."""
    extra = names(EXTRAS["demo"])

    assert imported("demo_company") - names(PROJECT["dependencies"]) == extra


def test_a_demo_without_its_packages_says_how_to_get_them() -> None:
    """One sentence in place of a traceback."""
    program = (
        "import sys; sys.modules['faker'] = None; sys.argv = ['onefold', 'demo'];"
        "from orchestration.cli import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "needs the package faker" in done.stderr
    assert "Traceback" not in done.stderr
