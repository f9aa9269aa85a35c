"""A row of the identity seeds that can mean nothing is named before anything is built."""

import shutil
from pathlib import Path

import pytest

from orchestration.errors import BuildError
from orchestration.settings import PROJECT_DIR, Settings
from orchestration.transformation import build
from orchestration.transformation.identity_rules import check_identity_rules

SEEDS = Path("seeds/identity")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the shipped seeds."""
    shutil.copytree(PROJECT_DIR / SEEDS, tmp_path / SEEDS)
    return tmp_path


def add(project: Path, seed: str, row: str) -> str:
    """Add a row to a seed, and return how its place is named."""
    path = project / SEEDS / f"{seed}.csv"
    text = path.read_text(encoding="utf-8") + f"{row}\n"
    path.write_text(text, encoding="utf-8")
    return f"{SEEDS}/{seed}.csv, line {len(text.splitlines())}"


@pytest.mark.parametrize(
    ("seed", "row", "reason"),
    [
        (
            "identifier_types",
            "passport,super,,,,1",
            "strength is super and has to be one of hard, contact, reference, visitor",
        ),
        (
            "identifier_types",
            "passport,hard,-3,,,1",
            "max_records is -3 and has to be empty or a number from 1 on",
        ),
        (
            "identifier_types",
            "passport,hard,,,,many",
            "max_per_person is many and has to be empty or a number from 1 on",
        ),
        ("identifier_types", "email,contact,,,,", "identifier_type email has a row already"),
        ("identifier_types", "passport,hard", "there are 2 values for 6 columns"),
        (
            "match_rules",
            "15,odd,0,0,0,0,0,0,9,0,0,0,0,1,0",
            "first_name_at_least is 9 and has to be a grade from -1 to 4",
        ),
        (
            "match_rules",
            "15,odd,7,0,0,0,0,0,0,0,0,0,0,1,0",
            "shares_id is 7 and has to be 0 or 1",
        ),
        (
            "match_rules",
            ",odd,1,0,0,0,0,0,0,0,0,0,0,1,0",
            "rank is empty and has to be a number from 1 on",
        ),
        (
            "match_rules",
            "   ",
            "there is nothing but spaces, which dbt does not load: delete it",
        ),
        ("junk_patterns", "fax,^0+$,junk", "identifier_type fax is not in identifier_types"),
    ],
)
def test_file_line_and_column_are_named(project: Path, seed: str, row: str, reason: str) -> None:
    """Whoever edited the seed sees at once what to mend."""
    place = add(project, seed, row)

    with pytest.raises(BuildError) as caught:
        check_identity_rules(project)

    assert str(caught.value) == f"{place}: {reason}; nothing was built."


def test_the_shipped_rules_mean_something() -> None:
    """None of them is refused."""
    check_identity_rules(PROJECT_DIR)


def test_seeds_that_a_spreadsheet_saved_are_read(project: Path) -> None:
    """Excel marks the beginning of a file as UTF-8."""
    for path in (project / SEEDS).glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")

    check_identity_rules(project)


def test_nothing_is_built_on_a_row_that_means_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No seed is loaded when the sentence is said."""
    add(project, "match_rules", "15,odd")
    monkeypatch.setattr(build, "PROJECT_DIR", project)
    monkeypatch.setattr(build, "dbt_command", lambda *_: pytest.fail("dbt was started"))

    with pytest.raises(BuildError, match="2 values for 15 columns"):
        list(build.stream_build(Settings(home=project), []))
