"""Fixtures of the delivery tests."""

from pathlib import Path

import pytest

from tests.unit.activation.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a company that has delivered nothing yet."""
    return World(tmp_path)
