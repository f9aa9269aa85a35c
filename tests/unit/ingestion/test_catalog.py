"""The landing tables that the dbt sources declare."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.ingestion.catalog import read_catalog, read_own_tables, tables_of
from orchestration.ingestion.checks import checks_of
from orchestration.settings import PROJECT_DIR

PAGE = """
sources:
  - name: kiosk
    tables:
      - name: visits
        config: {meta: {key: [visit_id]}}
        columns:
          - name: visit_id
            data_type: text
            config: {meta: {required: true}}
          - name: seen_at
            data_type: timestamp
"""


def test_every_landing_table_of_the_contract_is_known() -> None:
    """The tables that files may bring, and none of onefold's own."""
    assert [table.full_name for table in read_catalog()] == [
        "ads.spend",
        "consent.decisions",
        "crm.contacts",
        "messages.events",
        "partner.segments",
        "pos.loyalty_members",
        "pos.transaction_lines",
        "pos.transactions",
        "service.tickets",
        "shop.customers",
        "shop.order_lines",
        "shop.orders",
        "shop.products",
        "survey.responses",
        "truth.records",
        "web.events",
    ]
    assert [table.name for table in read_own_tables()] == [
        "identity_decisions",
        "loaded_files",
        "runs",
    ]


def test_new_landing_table_needs_no_python(tmp_path: Path) -> None:
    """A page among the sources is all that a new table takes."""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "_kiosk__sources.yml").write_text(PAGE)

    (table,) = read_catalog(tmp_path)

    assert table.full_name == "kiosk.visits"
    assert table.key == ("visit_id",)
    assert [column.name for column in table.required] == ["visit_id"]


def test_required_column_may_be_empty_where_its_page_says_so() -> None:
    """A truth is taken back by a row without an entity, and never by a file without the column."""
    (truth,) = tables_of("truth")

    assert "entity_id" in [column.name for column in truth.required]
    assert "entity_id" not in [check.column for check in checks_of(truth)]
    assert "record_id" in [check.column for check in checks_of(truth)]


@pytest.mark.parametrize(
    ("of_source", "of_table", "hours"),
    [
        ("config: {freshness: {error_after: {count: 36, period: hour}}}", "", 36),
        ("freshness: {error_after: {count: 36, period: hour}}", "", 36),
        ("", "freshness: {error_after: {count: 2, period: day}}", 48),
        (
            "config: {freshness: {error_after: {count: 36, period: hour}}}",
            "config: {freshness: {warn_after: {count: 1, period: hour}}}",
            36,
        ),
        (
            "freshness: {error_after: {count: 36, period: hour}}",
            "config: {freshness: {error_after: {count: 3, period: hour}}}",
            3,
        ),
        (
            "freshness: {error_after: {count: 36, period: hour}}",
            "config: {freshness: {error_after: null}}",
            None,
        ),
        ("freshness: {error_after: {count: 36, period: hour}}", "freshness: null", None),
        ("", "config: {freshness: {warn_after: {count: 1, period: hour}}}", None),
    ],
)
def test_a_table_is_stale_when_dbt_says_so(
    tmp_path: Path, of_source: str, of_table: str, hours: int | None
) -> None:
    """What a table says is merged into what its source says, in or above `config`."""
    page = f"""
sources:
  - name: kiosk
    {of_source}
    tables:
      - name: visits
        columns: []
        {of_table}
"""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "_kiosk__sources.yml").write_text(page)

    (table,) = read_catalog(tmp_path)

    assert table.stale_after == (timedelta(hours=hours) if hours else None)


def test_models_count_the_rows_of_every_landing_table() -> None:
    """The macro repeats the names, since dbt cannot read the pages before it reads the models."""
    macro = (PROJECT_DIR / "macros/ingestion/landing_tables.sql").read_text(encoding="utf-8")
    listed = {f"{source}.{table}" for source, table in re.findall(r"\('(\w+)', '(\w+)'\)", macro)}

    assert listed == {table.full_name for table in read_catalog()}
