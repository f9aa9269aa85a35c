"""Numbers that no country belongs to are counted, so that the setting for them is found."""

from itertools import takewhile
from pathlib import Path

import duckdb
import pytest

from orchestration.health import findings
from orchestration.settings import Settings

WITH_COUNTRY = ("crm__contacts", "pos__loyalty_members", "shop__customers")
WITHOUT = ("pos__transactions", "shop__orders", "service__tickets", "survey__responses")


def home_with(folder: Path, unread: int, read: int) -> Settings:
    """Return a home with so many national numbers on contacts without a country."""
    settings = Settings(home=folder)
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create schema staging")
        for table in (*WITH_COUNTRY, *WITHOUT):
            country = ", country text" if table in WITH_COUNTRY else ""
            warehouse.execute(
                f"create table staging.stg_{table} (phone_as_given text, phone text{country})"
            )
        warehouse.execute(
            "insert into staging.stg_crm__contacts"
            " select '0170 1234567', case when n >= $unread then '+491701234567' end, null"
            " from range($unread + $read) as numbers(n)"
            " union all select '0170 12345', null, 'DE' from range(99)"
            " union all select '+1 2', null, null from range(99)",
            {"unread": unread, "read": read},
        )
    return settings


def sentences(settings: Settings) -> list[str]:
    """Return what doctor says of phone numbers."""
    looked_at = takewhile(lambda each: each.subject != "delivery ledger", findings(settings))
    return [each.sentence for each in looked_at if each.subject == "phone numbers"]


def test_many_unread_numbers_without_a_country_are_told(tmp_path: Path) -> None:
    """Mistyped ones, and those of records with a country, would not be mended by the setting."""
    assert sentences(home_with(tmp_path, unread=40, read=60)) == [
        "40 of 100 phone numbers on records without a country cannot be read, and link nobody."
    ]


@pytest.mark.parametrize(("unread", "read"), [(10, 0), (24, 76)])
def test_few_unread_numbers_are_nobodys_fault(tmp_path: Path, unread: int, read: int) -> None:
    """In any base some numbers are mistyped."""
    assert sentences(home_with(tmp_path, unread, read)) == []


def test_a_home_without_a_build_is_no_trouble(tmp_path: Path) -> None:
    """There is nothing to count."""
    assert sentences(Settings(home=tmp_path)) == []
