"""A project with nothing but what audience files may speak of."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_DIR

KEPT = (
    "models/marts/profiles/single_customer_view.yml",
    "models/marts/audiences/audience_vip_customers.sql",
    "models/marts/audiences/audience_vip_customers.yml",
    "models/marts/audiences/audience_candidates.sql",
    "models/marts/audiences/audience_candidates.yml",
    "seeds/privacy/channels.csv",
)
HEAD = """\
title: A test
owner: owner@example.com
purpose: marketing
channel: email
who:
"""

Write = Callable[..., str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The part of the project that audience files are checked against."""
    for name in KEPT:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT_DIR / name, tmp_path / name)
    (tmp_path / "macros/audiences").mkdir(parents=True)
    (tmp_path / "audiences").mkdir()
    return tmp_path


@pytest.fixture
def write(project: Path) -> Write:
    """Write an audience file whose conditions are given, and return its name for messages."""

    def written(who: str, *, name: str = "probe", head: str = HEAD) -> str:
        lines = "".join(f"  {line}\n" for line in who.strip("\n").split("\n"))
        (project / f"audiences/{name}.yml").write_text(head + lines, encoding="utf-8")
        return f"audiences/{name}.yml"

    return written
