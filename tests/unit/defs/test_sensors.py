"""Files that arrive start one refresh, once they are complete."""

from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.ingestion.sensors import raw_files_arrived
from orchestration.settings import get_settings


@pytest.fixture
def raw_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A watched folder with one file."""
    monkeypatch.setenv("ONEFOLD_RAW_DIR", str(tmp_path))
    get_settings.cache_clear()
    deliver(tmp_path, "contacts.csv", "contact_id\n1\n")
    return tmp_path


def deliver(raw_dir: Path, name: str, text: str) -> None:
    """Put a file where the sensor looks."""
    path = raw_dir / "crm" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def look(cursor: str | None) -> tuple[int, str | None]:
    """Let the sensor look once; return how many runs it asks for, and its memory."""
    result = raw_files_arrived(dg.build_sensor_context(cursor=cursor))
    assert isinstance(result, dg.SensorResult)
    return len(result.run_requests or ()), result.cursor


def test_a_set_of_files_starts_one_run(raw_dir: Path) -> None:
    """The first look notes it, the second asks for a run, further ones keep still."""
    assert raw_dir.exists()
    cursor = None
    requests = []
    for _ in range(4):
        count, cursor = look(cursor)
        requests.append(count)

    assert requests == [0, 1, 0, 0]


def test_a_file_that_still_grows_is_waited_for(raw_dir: Path) -> None:
    """Half a file must not be loaded as a whole one."""
    _, cursor = look(None)
    deliver(raw_dir, "contacts.csv", "contact_id\n1\n2\n")
    growing, cursor = look(cursor)
    settled, _ = look(cursor)

    assert (growing, settled) == (0, 1)


def test_a_new_file_starts_the_next_run(raw_dir: Path) -> None:
    """What came after the last run is not left until the hour is full."""
    _, cursor = look(None)
    _, cursor = look(cursor)
    deliver(raw_dir, "more.csv", "contact_id\n3\n")
    _, cursor = look(cursor)

    assert look(cursor)[0] == 1


def test_without_a_folder_nothing_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sensor says which setting it lacks."""
    monkeypatch.delenv("ONEFOLD_RAW_DIR", raising=False)
    get_settings.cache_clear()

    result = raw_files_arrived(dg.build_sensor_context())

    assert isinstance(result, dg.SkipReason)
    assert "ONEFOLD_RAW_DIR" in str(result.skip_message)
