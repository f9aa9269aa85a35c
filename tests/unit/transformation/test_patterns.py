"""A regular expression that the engine cannot read is named before anything is built."""

from pathlib import Path

import pytest

from orchestration.errors import BuildError
from orchestration.settings import PROJECT_DIR, Settings
from orchestration.transformation import build
from orchestration.transformation.patterns import check_patterns


def project(folder: Path, *patterns: str) -> Path:
    """Write a project of one seed with patterns."""
    seed = folder / "seeds" / "identity" / "junk_patterns.csv"
    seed.parent.mkdir(parents=True)
    rows = "".join(f'email,"{pattern}",junk\n' for pattern in patterns)
    seed.write_text(f"identifier_type,pattern,reason\n{rows}", encoding="utf-8")
    return folder


def test_file_line_and_pattern_are_named(tmp_path: Path) -> None:
    """Whoever edited the seed sees at once what to mend."""
    with pytest.raises(BuildError) as caught:
        check_patterns(project(tmp_path, "^info@", "^(test@", "^sales@"))

    assert str(caught.value) == (
        "seeds/identity/junk_patterns.csv, line 3: ^(test@ is no regular expression; nothing was"
        " built."
    )


def test_the_patterns_of_the_project_can_be_read() -> None:
    """None is refused that the engine would take."""
    check_patterns(PROJECT_DIR)


def test_nothing_is_built_on_a_bad_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No seed or model is half renewed when the sentence is said."""
    monkeypatch.setattr(build, "PROJECT_DIR", project(tmp_path, "*"))
    monkeypatch.setattr(build, "dbt_command", lambda *_: pytest.fail("dbt was started"))

    with pytest.raises(BuildError, match="line 2"):
        list(build.stream_build(Settings(home=tmp_path), []))
