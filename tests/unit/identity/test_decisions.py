"""What a steward may decide, and what is refused before it counts."""

from pathlib import Path

import duckdb
import pytest

from orchestration.errors import UsageError
from orchestration.identity.decisions import decide
from orchestration.identity.references import UnknownReferenceError
from orchestration.ingestion.landing import ensure_own_tables
from orchestration.settings import Settings

RECORDS = ("crm:contact:1", "crm:contact:2", "shop:customer:3", "web:cookie:4")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with four published records and an empty list of decisions."""
    settings = Settings(home=tmp_path)
    settings.published_path.parent.mkdir()
    with duckdb.connect(str(settings.published_path)) as published:
        published.execute("create schema marts")
        published.execute(
            "create table marts.person_records as select key as record_key,"
            " split_part(key, ':', 1) as source_name, split_part(key, ':', 2) as record_type,"
            " split_part(key, ':', 3) as record_id, 'p' || split_part(key, ':', 3) as person_id"
            " from unnest($keys) as given(key)",
            {"keys": list(RECORDS)},
        )
        published.execute(
            "create table marts.person_redirects (former_person_id text, person_id text)"
        )
        published.execute(
            "create table marts.identity_links (left_key text, right_key text, identifier_id text)"
        )
        published.execute(
            "create table marts.identifier_sightings (record_key text,"
            " identifier_type text, identifier_value text)"
        )
        published.execute(
            "insert into marts.identifier_sightings values"
            " ('crm:contact:1', 'user_id', 'u'), ('crm:contact:2', 'user_id', 'u'),"
            " ('crm:contact:2', 'phone', '+491701234567')"
        )
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        ensure_own_tables(warehouse)
    return settings


def decided(settings: Settings) -> list[tuple[str, str, str]]:
    """Return the noted decisions, in their order."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        return warehouse.execute(
            "select decision, left_key, right_key from raw_onefold.identity_decisions"
            " order by decision_number"
        ).fetchall()


def test_decisions_are_added_and_never_replaced(settings: Settings) -> None:
    """The order of the two records does not matter; what was undone stays to be read."""
    decide(settings, "same", "crm:2", "crm:1", "one membership form")
    decide(settings, "undone", "crm:1", "crm:2", None)
    decide(settings, "different", "crm:1", "crm:2", "two forms after all")

    pair = ("crm:contact:1", "crm:contact:2")
    assert decided(settings) == [("same", *pair), ("undone", *pair), ("different", *pair)]


@pytest.mark.parametrize(
    ("first", "second", "reason", "told"),
    [
        ("crm:1", "crm:contact:1", "x", "same record"),
        ("crm:1", "web:4", "x", "cookie"),
        ("crm:1", "user_id:u", "x", "2 records"),
        ("crm:1", "shop:3", "writes from a@b.example", "contact details"),
        ("crm:1", "shop:3", "calls from 8 (916) 111-00-01", "contact details"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    settings: Settings, first: str, second: str, reason: str, told: str
) -> None:
    """One sentence says why, and nothing is noted."""
    with pytest.raises(UsageError, match=told):
        decide(settings, "same", first, second, reason)

    assert decided(settings) == []


def test_what_was_not_decided_cannot_be_undone(settings: Settings) -> None:
    """Most likely one of the two references is mistyped."""
    with pytest.raises(UsageError, match="nothing to undo"):
        decide(settings, "undone", "crm:1", "shop:3", None)


def test_a_contradiction_in_a_circle_is_refused(settings: Settings) -> None:
    """1 is 2 and 2 is 3, so 1 and 3 cannot be different; the later word is the one to take back."""
    decide(settings, "same", "crm:1", "crm:2", "x")
    decide(settings, "same", "crm:2", "shop:3", "x")

    with pytest.raises(UsageError, match="contradict"):
        decide(settings, "different", "crm:1", "shop:3", "x")

    decide(settings, "undone", "crm:2", "shop:3", None)
    decide(settings, "different", "crm:1", "shop:3", "x")
    with pytest.raises(UsageError, match="contradict"):
        decide(settings, "same", "crm:2", "shop:3", "x")
    assert [verdict for verdict, *_ in decided(settings)] == [
        "same", "same", "undone", "different",
    ]  # fmt: skip


@pytest.mark.parametrize("erased", ["crm:2", "crm:contact:2"])
def test_a_decision_on_an_erased_record_can_be_undone(settings: Settings, erased: str) -> None:
    """Otherwise it would come back to life with the record, and stand in the way of others."""
    decide(settings, "same", "crm:1", "crm:2", "x")
    decide(settings, "different", "crm:1", "shop:3", "x")
    with duckdb.connect(str(settings.published_path)) as published:
        published.execute("delete from marts.person_records where record_id in ('2', '3')")

    decide(settings, "undone", erased, "crm:1", None)

    assert decided(settings)[-1] == ("undone", "crm:contact:1", "crm:contact:2")


def test_only_what_was_decided_on_is_known_beyond_its_erasure(settings: Settings) -> None:
    """A mistyped reference is told as one, and nothing new is decided on who is gone."""
    decide(settings, "same", "crm:1", "crm:2", "x")
    with duckdb.connect(str(settings.published_path)) as published:
        published.execute("delete from marts.person_records where record_id = '2'")

    with pytest.raises(UnknownReferenceError):
        decide(settings, "undone", "crm:1", "crm:9", None)
    with pytest.raises(UnknownReferenceError):
        decide(settings, "different", "crm:1", "crm:2", "x")


def test_no_country_is_guessed_for_a_decision(settings: Settings) -> None:
    """It stays for good, and the number may be somebody else's in another country."""
    with pytest.raises(UsageError, match="second reference is a phone number without its country"):
        decide(settings, "same", "shop:3", "phone:0170 1234567", "told on the phone")

    decide(settings, "same", "shop:3", "phone:+49 170 1234567", "told on the phone")
    assert decided(settings) == [("same", "crm:contact:2", "shop:customer:3")]
