"""A state directory holds one made-up company, and never mixes it with real data."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.cli.demo_home import raw_folder, settle_company, truth_path
from orchestration.errors import UsageError
from orchestration.settings import Settings

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def quietly(_sentence: str) -> None:
    """Say nothing."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home at a fixed time."""
    return Settings(home=tmp_path, now=NOW)


def test_a_second_demo_goes_on_with_the_first(settings: Settings) -> None:
    """The same files and the same now, so that the second run has nothing to send."""
    first = settle_company(settings, 3, 1, quietly)
    later = Settings(home=settings.home, now=datetime(2027, 1, 1, tzinfo=UTC))

    assert settle_company(later, None, None, quietly) == first
    assert first.until == NOW


def test_another_company_needs_another_home(settings: Settings) -> None:
    """Two companies in one home would be one company with strange customers."""
    settle_company(settings, 3, 1, quietly)

    with pytest.raises(UsageError, match="3 people with seed 1"):
        settle_company(settings, 4, None, quietly)


def test_real_data_are_left_alone(settings: Settings) -> None:
    """The demo never writes beside somebody's own customers."""
    settings.warehouse_path.touch()

    with pytest.raises(UsageError, match="no demo"):
        settle_company(settings, None, None, quietly)


def test_the_truth_is_kept_from_the_loader(settings: Settings) -> None:
    """Who is who stands beside the raw files, not among them."""
    settle_company(settings, 3, 1, quietly)

    assert truth_path(settings).is_file()
    assert not (raw_folder(settings) / "truth").exists()
