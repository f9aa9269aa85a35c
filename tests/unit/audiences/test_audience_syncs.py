"""Promises of what syncs say of audiences: a typing error is no audience of nobody."""

from types import SimpleNamespace
from typing import Any, NoReturn

import jinja2
import pytest

from orchestration.settings import PROJECT_DIR

MACRO = PROJECT_DIR / "macros/audiences/audience_syncs.sql"


class ReturnedError(Exception):
    """What a macro returns, which dbt passes on by an exception too."""


class CompilerError(Exception):
    """What stops the project."""


def audience_syncs(audience: str | None) -> list[dict[str, str]]:
    """Return which sync delivers which audience, where the only sync names this one."""

    def give_back(value: object) -> NoReturn:
        raise ReturnedError(value)

    def stop(message: str) -> NoReturn:
        raise CompilerError(message)

    exposure = {
        "name": "webhook_vips",
        "original_file_path": "models/sync_webhook__vips.yml",
        "config": {"meta": {"sync": {"audience": audience}}},
    }
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - SQL, no web page
    environment.globals |= {
        "return": give_back,
        "exceptions": SimpleNamespace(raise_compiler_error=stop),
        "execute": True,
        "graph": SimpleNamespace(exposures={"exposure.onefold.webhook_vips": exposure}),
        "audience_names": lambda: ["vip_customers", "new_customers"],
    }
    module: Any = environment.from_string(MACRO.read_text(encoding="utf-8")).module
    with pytest.raises(ReturnedError) as returned:
        module.audience_syncs()
    found: list[dict[str, str]] = returned.value.args[0]
    return found


def test_a_sync_delivers_the_audience_that_it_names() -> None:
    """Without one its deliveries are in no waterfall."""
    assert audience_syncs("vip_customers") == [
        {"sync": "webhook_vips", "audience": "vip_customers"}
    ]
    assert audience_syncs(None) == []


def test_an_audience_that_there_is_not_stops_the_project() -> None:
    """Its waterfall would end with nobody, whatever the sync delivers."""
    with pytest.raises(CompilerError, match=r"sync_webhook__vips\.yml.*vip_customers, new_custom"):
        audience_syncs("vip_custmers")
