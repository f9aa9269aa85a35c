"""Promises of declarations: one that cannot be meant stops the project."""

import re
from types import SimpleNamespace
from typing import Any, NoReturn

import jinja2
import pytest

from orchestration.settings import PROJECT_DIR

MACRO = PROJECT_DIR / "macros/audiences/declared_audience.sql"
DECLARED = {
    "title": "VIP customers",
    "owner": "owner@example.com",
    "purpose": "marketing",
    "channel": "email",
}


class ReturnedError(Exception):
    """What a macro returns, which dbt passes on by an exception too."""


class CompilerError(Exception):
    """What stops the project."""


def declared(**declaration: object) -> dict[str, Any]:
    """Return the declaration of a page as the models get it."""

    def give_back(value: object) -> NoReturn:
        raise ReturnedError(value)

    def stop(message: str) -> NoReturn:
        raise CompilerError(message)

    page = {"meta": {"audience": DECLARED | declaration}}
    node = SimpleNamespace(config=page, original_file_path="models/audience_vip.sql")
    environment = jinja2.Environment()  # noqa: S701 - SQL, and no page of the web
    environment.globals |= {
        "return": give_back,
        "exceptions": SimpleNamespace(raise_compiler_error=stop),
        "graph": SimpleNamespace(nodes={"model.onefold.audience_vip": node}),
        "modules": SimpleNamespace(re=re),
        "project_name": "onefold",
    }
    module: Any = environment.from_string(MACRO.read_text(encoding="utf-8")).module
    with pytest.raises(ReturnedError) as returned:
        module.declared_audience("vip")
    found: dict[str, Any] = returned.value.args[0]
    return found


@pytest.mark.parametrize(
    ("share", "limit"), [(0, "0000"), (0.1, "1999"), (0.5, "8000"), (1, "g"), (1.0, "g")]
)
def test_a_share_becomes_a_limit_of_the_hash(share: float, limit: str) -> None:
    """Nobody lies below the first limit, everybody below the last."""
    assert declared(holdout_share=share)["holdout_limit"] == limit


@pytest.mark.parametrize("share", ["10%", "a tenth", "0.1", True, None, float("nan"), -0.1, 1.1])
def test_a_share_that_is_no_number_stops_the_project(share: object) -> None:
    """It would be taken for none, and the control group would be written to."""
    with pytest.raises(CompilerError, match="a holdout_share that is no number from 0 to 1"):
        declared(holdout_share=share)
