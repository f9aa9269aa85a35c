"""What is asked about, by source record, identifier or person."""

from pathlib import Path

import duckdb
import pytest

from orchestration.identity.explanation import published_identity
from orchestration.identity.references import (
    UnknownReferenceError,
    find_records,
    parse_reference,
)
from tests.unit.identity.published import Published


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Contacts: one at a mailbox whose +tag counts, one without any, one with an odd number."""
    made = Published(tmp_path / "onefold.duckdb")
    made.person("p1", "crm:contact:C1")
    made.person("p2", "crm:contact:C2")
    made.person("p3", "crm:contact:C3")
    path = made.write()
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            insert into marts.identifier_sightings values
                ('crm:contact:C1', 'email', 'anna+shop@kept.example'),
                ('crm:contact:C2', 'email', 'anna@mail.example'),
                ('crm:contact:C1', 'phone', '+79161234567'),
                ('crm:contact:C2', 'phone', '+491701234567'),
                ('crm:contact:C3', 'phone', '+89161234567')
        """)
    return path


@pytest.mark.parametrize(
    ("reference", "record_key"),
    [
        ("email:Anna+Shop@kept.example", "crm:contact:C1"),
        ("email: anna+shop@mail.example ", "crm:contact:C2"),
    ],
    ids=["tag that counts", "tag that does not"],
)
def test_address_is_found_as_written_or_without_its_tag(
    published: Path, reference: str, record_key: str
) -> None:
    """Which of the two is the key depends on the var email_domains_with_tags of that build."""
    with published_identity(published) as connection:
        found = find_records(connection, parse_reference(reference), "first")

    assert [record.key for record in found] == [record_key]


@pytest.mark.parametrize(
    ("reference", "record_key"),
    [
        ("phone:+7 (916) 123-45-67", "crm:contact:C1"),
        ("phone:8 (916) 123-45-67", "crm:contact:C1"),
        ("phone:0079161234567", "crm:contact:C1"),
        ("phone:+89161234567", "crm:contact:C3"),
        ("phone:00 8 916 1234567", "crm:contact:C3"),
        ("phone:79161234567", "crm:contact:C1"),
        ("phone:0170 / 1234567", "crm:contact:C2"),
        ("phone:01701234567", "crm:contact:C2"),
    ],
)
def test_phone_is_found_as_its_owner_says_it(
    published: Path, reference: str, record_key: str
) -> None:
    """With its country, which need not exist, or as in the only country where it is somebody's."""
    with published_identity(published) as connection:
        found = find_records(connection, parse_reference(reference), "first")

    assert [record.key for record in found] == [record_key]


@pytest.mark.parametrize("reference", ["email: 'Test@test' ", "phone:(000) 000-0000"])
def test_what_nobody_can_read_is_found_where_it_was_told_of(tmp_path: Path, reference: str) -> None:
    """It is no identifier, so only links have it."""
    made = Published(tmp_path / "onefold.duckdb")
    made.person("p1", "crm:contact:C1")
    for value in ("email:test@test", "phone:0000000000"):
        made.link("crm:contact:C1", value, "shared_identifier", value, "junk: no value")

    with published_identity(made.write()) as connection:
        found = find_records(connection, parse_reference(reference), "first")

    assert [record.key for record in found] == ["crm:contact:C1"]


@pytest.mark.parametrize("reference", ["phone:null", "phone:8", "phone:+", "phone:1234567"])
def test_what_is_no_number_of_anybody_is_told(published: Path, reference: str) -> None:
    """Without its value, which may be somebody's."""
    with (
        published_identity(published) as connection,
        pytest.raises(UnknownReferenceError, match="The first reference, phone:…, names nothing"),
    ):
        find_records(connection, parse_reference(reference), "first")
