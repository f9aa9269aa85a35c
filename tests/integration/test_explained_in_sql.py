"""What `onefold explain` says can be had from published tables, by the queries of the docs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from orchestration.identity.explanation import explain, published_identity
from orchestration.settings import PROJECT_DIR
from tests.unit.identity.published import Published

if TYPE_CHECKING:
    from tests.conftest import RefreshedHome

PAGE = (PROJECT_DIR / "docs" / "identity.md").read_text(encoding="utf-8")
ASKED = re.compile(r"select '[^']+' as left_key, '[^']+' as right_key")

PEOPLE = """
    select min(record_key), max(record_key)
    from marts.person_records
    where person_id is not null
    group by person_id
    having count(*) > 2
    order by 1
    limit 60
"""
# Of every reason and rule a few pairs; then two people who have a value in common that links
# nobody; then two who have nothing in common.
STRANGERS = """
    with pairs as (
        select links.left_key, links.right_key, links.unused_reason, links.rule
        from marts.identity_links as links
        where not is_used and right_key is distinct from identifier_id
        union all
        select one.left_key, other.left_key, one.unused_reason, one.rule
        from marts.identity_links as one
        inner join marts.identity_links as other
            on one.right_key = other.right_key and one.left_key < other.left_key
        where one.right_key = one.identifier_id
        union all
        select min(record_key), max(record_key), 'none', 'none' from marts.person_records
    )
    select left_key, right_key
    from pairs
    inner join marts.person_records as one on left_key = one.record_key
    inner join marts.person_records as other on right_key = other.record_key
    where one.person_id is distinct from other.person_id or one.person_id is null
    qualify row_number() over (partition by unused_reason, rule order by left_key, right_key) <= 12
    order by 1, 2
"""


def query(name: str, left: str, right: str) -> str:
    """Return a query of the docs, with its two records replaced."""
    [text] = re.findall(rf"<!-- example: {name} -->\n```sql\n(.*?)```", PAGE, re.DOTALL)
    replaced, count = ASKED.subn(f"select '{left}' as left_key, '{right}' as right_key", text)
    assert count == 1
    return replaced


@pytest.fixture
def published(refreshed_home: "RefreshedHome") -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file."""
    with published_identity(refreshed_home.settings.published_path) as connection:
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, text: str) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    result = connection.execute(text)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_the_chain_of_the_query_is_that_of_the_program(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """For every person of three records or more, from the first record to the last."""
    pairs = published.execute(PEOPLE).fetchall()
    lengths = set()
    for left, right in pairs:
        found = rows(published, query("chain-in-sql", left, right))
        told = explain(published, left, right).as_json()

        assert told["same_person"]
        for row, link in zip(found, told["links"], strict=True):
            seen_at = row["seen_at"].isoformat() if row["seen_at"] else None
            assert {**{name: row[name] for name in link}, "seen_at": seen_at} == link
        lengths.add(len(found))

    assert len(pairs) > 50
    assert {1, 2} < lengths


def test_the_chain_uses_only_what_is_used(tmp_path: Path) -> None:
    """A link that was not used is no shortcut, also where both records are one person's."""
    published = Published(tmp_path / "onefold.duckdb")
    published.person("p1", "crm:contact:C1", "crm:contact:C2", "pos:receipt:T1")
    published.link("crm:contact:C1", "crm:contact:C2", "shared_identifier", unused="veto: no")
    way = [
        published.link("crm:contact:C1", "pos:receipt:T1", "same_id"),
        published.link("pos:receipt:T1", "crm:contact:C2", "same_id"),
    ]

    with published_identity(published.write()) as connection:
        found = rows(connection, query("chain-in-sql", "crm:contact:C1", "crm:contact:C2"))

    assert [row["link_id"] for row in found] == way


def test_the_obstacles_of_the_query_are_those_of_the_program(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """In the same order; where the program finds no evidence, there is no row."""
    kinds = set()
    for left, right in published.execute(STRANGERS).fetchall():
        found = [
            row["unused_reason"] for row in rows(published, query("obstacles-in-sql", left, right))
        ]
        told = explain(published, left, right).as_json()

        assert not told["same_person"]
        kinds |= {obstacle["kind"] for obstacle in told["obstacles"]}
        nothing = [
            {"kind": "no_evidence", "reason": "no evidence ties their records to each other"}
        ]
        if found:
            assert [obstacle["reason"] for obstacle in told["obstacles"]] == found
        else:
            assert told["obstacles"] == nothing

    assert kinds >= {"ambiguous", "junk", "veto", "no_evidence"}


def test_the_command_itself_says_what_the_query_finds(
    refreshed_home: "RefreshedHome", published: duckdb.DuckDBPyConnection
) -> None:
    """Once as a user does it, with --json."""
    left, right = published.execute(PEOPLE).fetchall()[0]
    published.close()

    done = refreshed_home.onefold("explain", left, right, "--json", "--language", "ru")

    found = refreshed_home.published(query("chain-in-sql", left, right))
    assert [link["link_id"] for link in json.loads(done.stdout)["links"]] == [
        row[1] for row in found
    ]
