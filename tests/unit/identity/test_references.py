"""What is asked about, by source record, identifier or person."""

from pathlib import Path

import duckdb
import pytest

from orchestration.identity.explanation import published_identity
from orchestration.identity.references import find_records, parse_reference
from tests.unit.identity.published import Published


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Two contacts: one at a mailbox whose +tag counts, one at a mailbox without any."""
    made = Published(tmp_path / "onefold.duckdb")
    made.person("p1", "crm:contact:C1")
    made.person("p2", "crm:contact:C2")
    path = made.write()
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            insert into marts.identifier_sightings values
                ('crm:contact:C1', 'email', 'anna+shop@kept.example'),
                ('crm:contact:C2', 'email', 'anna@mail.example')
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
