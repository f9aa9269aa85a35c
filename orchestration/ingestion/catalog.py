"""The landing tables that onefold knows, read from the pages of the dbt sources.

The pages are their only declaration: a new landing table needs YAML and no Python.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.settings import PROJECT_DIR

STAGING_DIR = PROJECT_DIR / "models" / "staging"

# Their tables are written by onefold itself and never land as files.
OWN_SOURCE = "onefold"
QUARANTINE_SOURCE = "quarantine"


@dataclass(frozen=True)
class LandingColumn:
    """A column of a landing table; `accepted_values` is empty where any value will do.

    A required column that may be empty must be in every file, but needs no value in a row.
    """

    name: str
    data_type: str
    is_required: bool
    may_be_empty: bool = False
    accepted_values: tuple[str, ...] = ()


@dataclass(frozen=True)
class LandingTable:
    """A table that a source may deliver."""

    source: str
    name: str
    columns: tuple[LandingColumn, ...]
    key: tuple[str, ...]
    # Without a new file for longer than this, its source is taken for broken.
    stale_after: timedelta | None = None

    @property
    def full_name(self) -> str:
        """The name that people know: `crm.contacts`."""
        return f"{self.source}.{self.name}"

    @property
    def required(self) -> tuple[LandingColumn, ...]:
        """The columns that every file must have."""
        return tuple(column for column in self.columns if column.is_required)


@cache
def read_catalog(staging_dir: Path = STAGING_DIR) -> tuple[LandingTable, ...]:
    """Read every landing table from `<source>/_<source>__sources.yml`, in order of the names."""
    own = (OWN_SOURCE, QUARANTINE_SOURCE)
    return tuple(table for table in _read_pages(staging_dir) if table.source not in own)


@cache
def read_own_tables(staging_dir: Path = STAGING_DIR) -> tuple[LandingTable, ...]:
    """Read the tables in which onefold notes its own runs and loads."""
    return tuple(table for table in _read_pages(staging_dir) if table.source == OWN_SOURCE)


def tables_of(source: str) -> list[LandingTable]:
    """Return the landing tables of one source."""
    return [table for table in read_catalog() if table.source == source]


def _read_pages(staging_dir: Path) -> list[LandingTable]:
    pages = [yaml.safe_load(page.read_text()) for page in staging_dir.glob("*/_*__sources.yml")]
    tables = [
        _landing_table(source, table)
        for page in pages
        for source in page["sources"]
        # A source with a database of its own, as the ledger, is not loaded into this one.
        if "database" not in source
        for table in source["tables"]
    ]
    return sorted(tables, key=lambda table: (table.source, table.name))


def _landing_table(source: dict[str, Any], page: dict[str, Any]) -> LandingTable:
    return LandingTable(
        source=source["name"],
        name=page["name"],
        columns=tuple(_landing_column(column) for column in page["columns"]),
        key=tuple(_meta(page).get("key", ())),
        stale_after=_stale_after(source, page),
    )


def _stale_after(source: dict[str, Any], page: dict[str, Any]) -> timedelta | None:
    """Return `freshness.error_after` as dbt merges it: the last place with a word on it counts.

    Null is a word, too: none.
    """
    error_after = None
    for place in (source, source.get("config", {}), page, page.get("config", {})):
        freshness = place.get("freshness", {})
        said = None if freshness is None else freshness.get("error_after", {})
        if said != {}:
            error_after = said
    if not error_after:
        return None
    return timedelta(**{f"{error_after['period']}s": error_after["count"]})


def _landing_column(page: dict[str, Any]) -> LandingColumn:
    meta = _meta(page)
    return LandingColumn(
        name=page["name"],
        data_type=page["data_type"],
        is_required=meta.get("required", False),
        may_be_empty=meta.get("may_be_empty", False),
        accepted_values=tuple(meta.get("accepted_values", ())),
    )


def _meta(page: dict[str, Any]) -> dict[str, Any]:
    meta: dict[str, Any] = page.get("config", {}).get("meta", {})
    return meta
