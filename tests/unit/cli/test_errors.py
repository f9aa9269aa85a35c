"""The command line ends with the right code and one clear sentence, never a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration import cli
from orchestration.cli import crash, run_program
from orchestration.settings import get_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state directory, and no settings from outside."""
    for name in ("RAW_DIR", "NOW", "LANGUAGE", "IDENTITY_INFERENCE", "WEBHOOK_URL", "CSV_DIR"):
        monkeypatch.delenv(f"ONEFOLD_{name}", raising=False)
    monkeypatch.setenv("ONEFOLD_HOME", str(tmp_path / "home"))
    get_settings.cache_clear()
    return tmp_path / "home"


def failing(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command, and return its exit code and what it says on standard error."""
    code = run_program(arguments)
    return code, capfd.readouterr().err


def test_a_missing_raw_folder_is_unusable(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the folder."""
    code, complaint = failing(["run", "--raw", str(tmp_path / "gone")], capfd)

    assert code == 2
    assert "gone" in complaint
    assert "Traceback" not in complaint


def test_an_empty_raw_folder_is_unusable(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A folder without landing files is most likely the wrong one."""
    code, complaint = failing(["run", "--raw", str(tmp_path)], capfd)

    assert code == 2
    assert "holds no landing file" in complaint


def test_without_any_data_run_asks_for_a_folder(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing loaded and nothing to load is no silent success."""
    code, complaint = failing(["run"], capfd)

    assert code == 2
    assert "--raw DIR" in complaint


def test_an_unusable_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The user reads which variable to correct."""
    monkeypatch.setenv("ONEFOLD_IDENTITY_INFERENCE", "perhaps")

    code, complaint = failing(["run"], capfd)

    assert code == 2
    assert "ONEFOLD_IDENTITY_INFERENCE" in complaint


@pytest.mark.parametrize(
    "arguments", [["frobnicate"], ["run", "--frobnicate"], ["sync", "approve"]]
)
def test_unknown_arguments_are_unusable(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """A typing error is told from a failure in the work."""
    code, complaint = failing(arguments, capfd)

    assert code == 2
    assert "Traceback" not in complaint


def test_an_unforeseen_error_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], home: Path
) -> None:
    """The class and the file with the places are told; the text, which may quote data, is not."""

    def explode(*_: object, **__: object) -> None:
        raise KeyError("needle".upper())

    monkeypatch.setattr(cli, "_program", lambda: explode)

    code, complaint = failing([], capfd)

    assert code == 1
    assert "Unforeseen KeyError" in complaint
    assert "NEEDLE" not in complaint + "".join(path.read_text() for path in home.rglob("*.txt"))


def test_crash_details_are_for_the_owner_only(home: Path) -> None:
    """What went wrong is nobody else's business."""
    crash.crash_sentence(ValueError("x"))

    assert (home / "crashes").stat().st_mode & 0o077 == 0


def test_help_does_not_wait_for_dagster() -> None:
    """`onefold --help` imports neither Dagster nor DuckDB, which cost seconds."""
    program = (
        "import sys; from orchestration.cli import run_program; run_program(['--help']);"
        "sys.exit(bool({'dagster', 'duckdb', 'httpx'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["run", "--unknown"], "--unknown"),
        (["frobnicate"], "frobnicate"),
        (["explain"], "'A'"),
        (["explain", "crm:1", "crm:2", "crm:3"], "crm:3"),
        (["demo", "--people", "many"], "--people"),
        (["sync", "approve"], "run_id"),
    ],
)
def test_unusable_arguments_get_one_sentence(
    arguments: list[str], named: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """No box, no usage text: what is wrong, and where to read on."""
    code, complaint = failing(arguments, capfd)

    assert code == 2
    assert named in complaint
    assert complaint.count("\n") == 1


def test_a_home_that_is_a_file_is_named(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The setting is at fault, not onefold; doctor says the same."""
    home.touch()
    (tmp_path / "raw" / "crm").mkdir(parents=True)
    (tmp_path / "raw" / "crm" / "contacts.csv").write_text("contact_id\n1\n")

    code, complaint = failing(["run", "--raw", str(tmp_path / "raw")], capfd)
    assert (code, complaint.startswith("ONEFOLD_HOME cannot be used")) == (2, True)
    assert run_program(["doctor"]) == 1
    assert "Name a folder" in capfd.readouterr().out


def test_with_json_even_a_refusal_prints_an_object(capfd: pytest.CaptureFixture[str]) -> None:
    """A machine reads the same sentence as a person, from one object on the last line."""
    code = run_program(["run", "--json"])
    shown = capfd.readouterr()

    said = json.loads(shown.out.splitlines()[-1])
    assert (code, said["status"]) == (2, "failed")
    assert said["error"] in shown.err
