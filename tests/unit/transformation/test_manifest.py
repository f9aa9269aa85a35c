"""When the dbt project is read anew."""

import json
import os
from pathlib import Path

import pytest

from orchestration.settings import Settings
from orchestration.transformation import manifest


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home and a small project, which is read by noting that it was."""
    project = tmp_path / "project"
    for folder in manifest.SOURCE_FOLDERS:
        (project / folder).mkdir(parents=True)
    for name in (*manifest.SOURCE_FILES, "models/people.sql"):
        (project / name).write_text("select 1", encoding="utf-8")
    monkeypatch.setattr(manifest, "PROJECT_DIR", project)
    settings = Settings(home=tmp_path / "home")

    def read(command: list[str], **_: object) -> object:
        manifest.manifest_path(settings).write_text("{}", encoding="utf-8")
        return manifest.subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(manifest.subprocess, "run", read)
    return settings


def readings(settings: Settings) -> int:
    """Return how often the project is read."""
    told: list[str] = []
    manifest.ensure_manifest(settings, told.append)
    return len(told)


def test_a_project_is_read_once(settings: Settings) -> None:
    """Reading costs seconds."""
    assert [readings(settings), readings(settings)] == [1, 0]


def test_files_with_times_of_old_are_read(settings: Settings) -> None:
    """An update may bring them, and so may another checkout."""
    readings(settings)
    model = manifest.PROJECT_DIR / "models" / "people.sql"
    os.utime(model, (0, 0))

    assert readings(settings) == 1


def test_what_was_read_of_another_checkout_is_forgotten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a seed dbt notes the folder: it would load the rows of the other checkout."""
    readings(settings)
    kept = settings.target_path / manifest.PARTIAL_PARSE
    kept.write_text("read", encoding="utf-8")
    os.utime(manifest.PROJECT_DIR / "models" / "people.sql", (0, 0))

    assert (readings(settings), kept.exists()) == (1, True)

    moved = manifest.PROJECT_DIR.rename(manifest.PROJECT_DIR.with_name("moved"))
    monkeypatch.setattr(manifest, "PROJECT_DIR", moved)

    assert (readings(settings), kept.exists()) == (1, False)


def test_another_home_is_given_what_was_read_of_this_checkout_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A trial reads what was edited, and nothing of where the seeds of others stand."""
    trial = Settings(home=tmp_path / "trial")
    trial.target_path.mkdir(parents=True)
    readings(settings)
    (settings.target_path / manifest.PARTIAL_PARSE).write_text("read", encoding="utf-8")
    given = trial.target_path / manifest.PARTIAL_PARSE

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(manifest, "PROJECT_DIR", tmp_path / "elsewhere")
        manifest.share_reading(settings, trial)
    assert not given.exists()

    manifest.share_reading(settings, trial)
    assert given.read_text(encoding="utf-8") == "read"


def test_a_project_without_one_of_its_files_is_read(settings: Settings) -> None:
    """What was removed is built no more."""
    readings(settings)
    (manifest.PROJECT_DIR / "models" / "people.sql").unlink()

    assert readings(settings) == 1


def test_a_project_that_dbt_cannot_read_for_what_it_kept_is_read_whole(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise an update that moves the page of a macro would stop every home."""
    readings(settings)
    (manifest.PROJECT_DIR / "models" / "people.sql").unlink()
    kept = settings.target_path / manifest.PARTIAL_PARSE
    kept.write_text("the page in another file", encoding="utf-8")

    def read(command: list[str], **_: object) -> object:
        error = {"info": {"level": "error", "msg": "two pages"}}
        return manifest.subprocess.CompletedProcess(command, int(kept.exists()), json.dumps(error))

    monkeypatch.setattr(manifest.subprocess, "run", read)

    assert (readings(settings), readings(settings), kept.exists()) == (1, 0, False)


def test_a_reading_that_was_killed_is_of_its_own_checkout(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Back in the former checkout, what dbt has kept of the other one is forgotten."""
    readings(settings)
    former = manifest.PROJECT_DIR
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(manifest, "PROJECT_DIR", former.rename(former.with_name("other")))
        elsewhere.setattr(manifest.subprocess, "run", _killed)
        with pytest.raises(KeyboardInterrupt):
            readings(settings)
    former.with_name("other").rename(former)
    kept = settings.target_path / manifest.PARTIAL_PARSE
    kept.write_text("read of the other", encoding="utf-8")

    assert (readings(settings), kept.exists()) == (1, False)


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
