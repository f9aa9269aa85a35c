"""What an explanation says where the question is about one value."""

from pathlib import Path

import duckdb
import pytest

from orchestration.identity.explanation import Explanation, explain, published_identity
from orchestration.identity.sentences import Sentences
from orchestration.settings import Language
from orchestration.wording.catalogue import Catalogue
from tests.unit.identity.published import Published

EMAIL = "email:desk@nord.example"


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """Two contacts of two people, on one address."""
    published = Published(tmp_path / "onefold.duckdb")
    published.person("p1", "crm:contact:C1")
    published.person("p2", "crm:contact:C2")
    return published


def explained(published: Published, *keys: str) -> Explanation:
    """Return the answer to a question about the address, which is on these records."""
    path = published.write()
    with duckdb.connect(str(path)) as connection:
        for key in keys:
            connection.execute(
                "insert into marts.identifier_sightings values (?, ?, ?)", [key, *EMAIL.split(":")]
            )
    with published_identity(path) as connection:
        return explain(connection, EMAIL)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "  meaningless value: role or test mailbox."),
        ("ru", "  негодное значение: служебный или тестовый ящик."),
    ],
)
def test_junk_of_several_people_is_said_to_be_junk(
    published: Published, language: Language, sentence: str
) -> None:
    """Who asks about a shared address wants to know why it does not make its people one."""
    keys = ("crm:contact:C1", "crm:contact:C2")
    for key in keys:
        published.link(key, EMAIL, "email", EMAIL, "junk: role or test mailbox")

    explanation = explained(published, *keys)

    assert explanation.as_json()["obstacles"] == [
        {"kind": "junk", "reason": "junk: role or test mailbox"}
    ]
    answer = list(Sentences(Catalogue(language)).answer(explanation))
    assert answer[-1] == sentence


def test_what_keeps_apart_those_who_share_a_value_is_said(published: Published) -> None:
    """Other values of theirs are not asked about."""
    keys = ("crm:contact:C1", "crm:contact:C2")
    published.link(*keys, "email", EMAIL, "veto: the first names contradict each other")
    published.link(*keys, "phone", "phone:+491701110001", "veto: the birth dates contradict")

    obstacles = explained(published, *keys).obstacles

    assert [each.reason for each in obstacles] == ["veto: the first names contradict each other"]


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ("email:ask anna@ or +7 916 1234567", "a…"),
        ("email:anna@79161234567", "a…"),
        ("email:test@test", "t…"),
        ("email:call me@anna79161234567", "c…"),
        ("email:call me@anna.a79161234567", "c…"),
        ("email:[object object]", "[…"),
        ("phone:anna ivanova", "an…va"),
    ],
)
def test_what_cannot_be_read_is_masked_all_the_same(
    published: Published, identifier: str, told: str
) -> None:
    """Anything may have been typed behind an at sign."""
    for key in ("crm:contact:C1", "crm:contact:C2"):
        published.link(key, identifier, "shared_identifier", identifier, "unreadable: no value")

    with published_identity(published.write()) as connection:
        explanation = explain(connection, "crm:C1", "crm:C2")

    answer = list(Sentences(Catalogue("en")).answer(explanation))
    assert answer[-1].startswith("  unreadable value: no value (shared: ")
    assert answer[-1].endswith(f" {told}).")
