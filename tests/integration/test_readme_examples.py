"""The README's examples, taken from the README and executed on a copy of the project."""

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import duckdb
import pytest

from orchestration.cli import _program
from orchestration.settings import PROJECT_DIR, Settings
from tests.conftest import ParsedProject

README = (PROJECT_DIR / "README.md").read_text(encoding="utf-8")
PAGES = [PROJECT_DIR / "README.md", *sorted((PROJECT_DIR / "docs").rglob("*.md"))]

EXAMPLE = re.compile(r"<!-- example: (?P<terms>.+?) -->\n```\w*\n(?P<text>.*?)```\n", re.DOTALL)
SHELL_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Example:
    """A marked block: what it holds, and what is to be done with it."""

    name: str
    terms: dict[str, str]
    text: str

    def apply(self, project: Path) -> None:
        """Write the block as a file of its own, or into one beside the line that it names."""
        path = project / self.terms["file"]
        mark = self.terms.get("before") or self.terms.get("after")
        if mark is None:
            assert not path.exists(), path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return

        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        place = [line.strip() for line in lines].index(mark)
        lines.insert(place + ("after" in self.terms), self.text)
        path.write_text("".join(lines), encoding="utf-8")


def examples() -> Iterator[Example]:
    """Find the marked blocks, in their order."""
    for found in EXAMPLE.finditer(README):
        name, *_ = found["terms"].split(" ")
        yield Example(name, dict(re.findall(r'(\w+)="([^"]*)"', found["terms"])), found["text"])


def example_with(term: str) -> Example:
    """Return the block that shows one kind of result."""
    [found] = [example for example in examples() if term in example.terms]
    return found


@dataclass(frozen=True)
class ChangedProject:
    """A copy of the project with all examples in it, after one run on the README's files."""

    folder: Path
    home: Path
    result: dict[str, Any]

    def onefold(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program of the copy."""
        return run_in(self.folder, self.home, *arguments)

    def published(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the published file."""
        path = Settings(home=self.home).published_path
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(query).fetchall()


def run_in(project: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as it stands in a copy of the project."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONEFOLD_", "DBT_"))}
    return subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()", *arguments],
        cwd=project,
        env=kept
        | {"ONEFOLD_HOME": str(home), "ONEFOLD_CSV_DIR": "deliveries", "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def changed(
    tmp_path_factory: pytest.TempPathFactory, parsed_project: ParsedProject
) -> ChangedProject:
    """All examples at once: one build costs half a minute."""
    folder = tmp_path_factory.mktemp("readme")
    project, home = folder / "project", folder / "home"
    parsed_project.put_into_changed(home, project)
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT_DIR,
        text=True,
    )
    for name in filter(None, listed.split("\0")):
        if (PROJECT_DIR / name).is_file():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT_DIR / name, project / name)
    for example in examples():
        if "file" in example.terms:
            example.apply(project)

    compiled = run_in(project, home, "audience", "compile")
    assert compiled.returncode == 0, compiled.stderr
    done = run_in(project, home, "run", "--raw", "my-data", "--json")
    assert done.returncode == 0, done.stderr
    return ChangedProject(project, home, json.loads(done.stdout.splitlines()[-1]))


def test_own_files_are_counted_as_shown(changed: ChangedProject) -> None:
    """The table of the worked example is what the run reports."""
    counts = ("rows_read", "rows_staged", "rows_superseded", "rows_quarantined")
    for load in changed.result["loads"]:
        name = f"{load['source']}.{load['table']}"
        if name in {"crm.contacts", "pos.transactions"}:
            shown = re.search(rf"^{re.escape(name)} +(.+)$", README, re.MULTILINE)
            assert shown
            assert [int(n) for n in shown[1].split()] == [load[count] for count in counts]


def test_edited_model_has_its_new_column(changed: ChangedProject) -> None:
    """The contract lets the column through, with a value for everybody."""
    rows = changed.published(
        "select full_name, has_returned from marts.single_customer_view where order_count > 0"
    )

    assert rows == [("Anna Ivanova", True)]


def test_added_audience_has_its_member(changed: ChangedProject) -> None:
    """An audience is a file, its page and its name."""
    rows = changed.published(
        "select person_id from marts.audience_members where audience = 'big_spenders'"
    )

    assert rows == [("p000000000001",)]


def test_audience_without_sql_has_its_member(changed: ChangedProject) -> None:
    """The file is compiled to what is shown, and its members are those who are meant."""
    shown = example_with("compiled")
    compiled = changed.folder / shown.terms["compiled"]

    assert shown.text in compiled.read_text(encoding="utf-8")
    assert changed.published(
        "select person_id from marts.audience_members where audience = 'russian_buyers'"
    ) == [("p000000000001",)]


def test_added_sync_delivers_what_is_shown(changed: ChangedProject) -> None:
    """The file in the drop is the README's, to the byte."""
    shown = example_with("delivered")
    folder = changed.folder / "deliveries" / shown.terms["delivered"]

    [delivered] = folder.glob("*.csv")
    [manifest] = folder.glob("*.manifest.json")
    assert delivered.read_text(encoding="utf-8") == shown.text
    assert json.loads(manifest.read_bytes())["rows"] == 1


def test_added_sync_is_declared(changed: ChangedProject) -> None:
    """The program knows the sync without a line of Python."""
    done = changed.onefold("sync", "status", "--json")

    syncs = {found["sync"]: found for found in json.loads(done.stdout.splitlines()[-1])["syncs"]}
    assert (syncs["csv_big_spenders"]["status"], syncs["csv_big_spenders"]["added"]) == ("done", 1)


def test_added_identifier_type_joins_two_records(changed: ChangedProject) -> None:
    """Of the three people shown before, two shared nothing but the new identifier."""
    shown = example_with("explained")
    before = re.search(r"^People: (\d+)\.", README, re.MULTILINE)

    assert before
    assert changed.result["people"] == int(before[1]) - 1
    assert changed.onefold("explain", *shown.terms["explained"].split()).stdout == shown.text


def test_explanation_is_as_shown(changed: ChangedProject) -> None:
    """What explain says of Anna's contacts stands in the README word for word."""
    done = changed.onefold("explain", "crm:C1", "crm:C2")

    assert done.returncode == 0
    assert done.stdout.strip()
    assert done.stdout in README


def test_examples_pass_the_checks_of_structure(changed: ChangedProject) -> None:
    """What the README teaches must not be what `make check` forbids."""
    rules = (changed.folder / "dbt-bouncer.yml").read_text(encoding="utf-8")
    target = Settings(home=changed.home).target_path
    config = changed.home / "dbt-bouncer.yml"
    config.write_text(
        re.sub(r"^dbt_artifacts_dir: .*$", f"dbt_artifacts_dir: {target}", rules, flags=re.M),
        encoding="utf-8",
    )

    done = subprocess.run(
        [Path(sys.executable).with_name("dbt-bouncer"), "run", "--config-file", config],
        cwd=changed.folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_pages_and_examples_test_for_nulls_alike() -> None:
    """One query per model, `no_nulls`; dbt's own test is a query per column."""
    pages = [*PROJECT_DIR.glob("models/**/*.yml"), *PROJECT_DIR.glob("seeds/**/*.yml")]
    built_in = re.compile(r"\bnot_null\b")

    assert [page.name for page in pages if built_in.search(page.read_text("utf-8"))] == []
    assert not built_in.search(README)
    assert "no_nulls" in README


def test_query_for_readers_runs(changed: ChangedProject) -> None:
    """The first query that anybody pastes must not fail."""
    [query] = [example.text for example in examples() if example.name == "reading"]

    assert changed.published(query)[0][1] == "Anna Ivanova"


def shown_commands() -> list[str]:
    """Return the commands of the README, from its blocks and from its table."""
    blocks = [line for block in SHELL_BLOCK.findall(README) for line in block.splitlines()]
    table = re.findall(r"^\| `(onefold [^`]+)` \|", README, re.MULTILINE)
    return [command for command in [*blocks, *table] if command.strip()]


@pytest.mark.parametrize("command", [c for c in shown_commands() if c.startswith("onefold ")])
def test_command_exists_with_its_options(command: str) -> None:
    """Every command of the README can be parsed by the program."""
    program: click.Command = _program()  # type: ignore[assignment]
    name, arguments = "onefold", shlex.split(command, comments=True)[1:]
    context = click.Context(program)

    while isinstance(program, click.Group):
        name, found, arguments = program.resolve_command(context, arguments)
        assert found is not None, command
        program, context = found, click.Context(found, parent=context, info_name=name)

    program.make_context(name, arguments, parent=context.parent)


def test_make_targets_exist() -> None:
    """Every target of the README is one of the Makefile."""
    makefile = (PROJECT_DIR / "Makefile").read_text(encoding="utf-8")

    for target in set(re.findall(r"\bmake (demo|test|dev|setup|check|help|docs)\b", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_settings_table_is_complete() -> None:
    """A setting that nobody is told of is no setting."""
    shown = set(re.findall(r"^\| `(ONEFOLD_\w+)` \|", README, re.MULTILINE))

    assert shown == {f"ONEFOLD_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    """A link to a file that was moved is found here, not by a reader."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).resolve().exists(), f"{page.name}: {target}"


def test_seed_row_has_a_cell_for_each_column() -> None:
    """A row that is one comma short shifts its limits."""
    seed = PROJECT_DIR / "seeds" / "identity" / "identifier_types.csv"
    [row] = [e.text for e in examples() if e.terms.get("file", "").endswith(seed.name)]
    header = seed.read_text(encoding="utf-8").splitlines()[0]

    assert len(next(csv.reader([row]))) == len(header.split(","))
