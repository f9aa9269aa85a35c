"""Why two records are one person, or what keeps them apart, from published tables alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import OnefoldError
from orchestration.identity.evidence import (
    Link,
    StewardsWord,
    read_links,
    read_word,
    shortest_path,
    spanning_links,
)
from orchestration.identity.references import (
    Position,
    Reference,
    SourceRecord,
    find_records,
    parse_reference,
)
from orchestration.statements import statement
from orchestration.warehouse import connect, told_without_values


class NothingPublishedError(OnefoldError):
    """There is no published file to read from."""

    def __init__(self) -> None:
        super().__init__("Nothing is published yet; `onefold run` publishes.")


@dataclass(frozen=True)
class Obstacle:
    """A reason why two people are not one."""

    kind: str
    reason: str
    identifier_id: str | None = None
    word: StewardsWord | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the contract's object, and the steward's word where it is one."""
        return {"kind": self.kind, "reason": self.reason} | _word_as_json(self.word)


@dataclass(frozen=True)
class Explanation:
    """The answer: the people meant, the chain of links between them, or the obstacles.

    Each end holds the records that one reference means. Where there is one reference, to one
    person, the end holds all of that person's records, and the links are what holds them together.
    Where it is an identifier of several people, the obstacles are why it does not make them one.
    """

    person_ids: list[str]
    ends: list[list[SourceRecord]]
    links: list[Link] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def same_person(self) -> bool:
        """Whether everything that was asked about is one person."""
        return len(self.person_ids) == 1 and not self.obstacles

    @property
    def records(self) -> list[SourceRecord]:
        """The records of all ends."""
        return [record for end in self.ends for record in end]

    @property
    def is_relation(self) -> bool:
        """Whether two references were given."""
        return len(self.ends) > 1

    @property
    def is_one_record(self) -> bool:
        """Whether both references lead to one record, which needs no evidence."""
        first, *others = [{record.key for record in end} for end in self.ends]
        return any(first & other for other in others)

    def as_json(self) -> dict[str, Any]:
        """Return the contract's object."""
        return {
            "same_person": self.same_person,
            "person_ids": self.person_ids,
            "links": [
                {
                    "link_id": link.link_id,
                    "rule": link.rule,
                    "source_name": link.source_name,
                    "record_type": link.record_type,
                    "record_id": link.record_id,
                    "seen_at": link.seen_at.isoformat() if link.seen_at else None,
                }
                | _word_as_json(link.word)
                for link in self.links
            ],
            "obstacles": [obstacle.as_json() for obstacle in self.obstacles],
        }


def _word_as_json(word: StewardsWord | None) -> dict[str, Any]:
    return {"decision": word.as_json()} if word else {}


@contextmanager
def published_identity(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file for one question.

    Raises:
        NothingPublishedError: there is no such file.
    """
    if not published.is_file():
        raise NothingPublishedError
    with (
        connect(published, read_only=True) as connection,
        told_without_values("Explaining an identity"),
    ):
        yield connection


def explain(
    connection: duckdb.DuckDBPyConnection, first: str, second: str | None = None
) -> Explanation:
    """Explain one person, or the relation between two references.

    Raises:
        UnreadableReferenceError: a reference cannot be read.
        UnknownReferenceError: a reference names nothing that is published.
    """
    references = [parse_reference(text) for text in (first, second) if text is not None]
    positions: tuple[Position, Position] = ("first", "second")
    ends = [
        find_records(connection, reference, position)
        for reference, position in zip(references, positions, strict=False)
    ]
    people = sorted({record.person_id for end in ends for record in end if record.person_id})
    if len(ends) == 1:
        return _one_end(connection, people, ends[0], references[0])
    return _two_ends(connection, people, ends)


def _one_end(
    connection: duckdb.DuckDBPyConnection,
    people: list[str],
    records: list[SourceRecord],
    reference: Reference,
) -> Explanation:
    if len(people) != 1:
        return Explanation(people, [records], [], _value_obstacles(connection, reference))
    end = find_records(connection, parse_reference(f"person:{people[0]}"), "first")
    links = read_links(connection, people, only_used=True)
    return Explanation(people, [end], spanning_links(links, [end[0].key]))


def _value_obstacles(connection: duckdb.DuckDBPyConnection, reference: Reference) -> list[Obstacle]:
    rows = connection.execute(
        statement(__package__, "value_obstacles"), {"identifier_ids": reference.published_ids}
    ).fetchall()
    return [Obstacle(_kind(reason), reason) for (reason,) in rows]


def _two_ends(
    connection: duckdb.DuckDBPyConnection, people: list[str], ends: list[list[SourceRecord]]
) -> Explanation:
    first, second = ends
    shared = {r.person_id for r in first} & {r.person_id for r in second} - {None}
    if shared:
        person_id = min(person for person in shared if person)
        starts = {r.key for r in first if r.person_id == person_id}
        goals = {r.key for r in second if r.person_id == person_id}
        links = read_links(connection, [person_id], only_used=True)
        path = shortest_path(links, starts, goals)
        return Explanation([person_id], ends, path)
    return Explanation(people, ends, [], _obstacles(connection, first, second))


def _obstacles(
    connection: duckdb.DuckDBPyConnection, first: list[SourceRecord], second: list[SourceRecord]
) -> list[Obstacle]:
    rows = connection.execute(
        statement(__package__, "obstacles"),
        {"left": _all_keys(connection, first), "right": _all_keys(connection, second)},
    ).fetchall()
    obstacles = {
        Obstacle(_kind(reason), reason, identifier_id, read_word(*word))
        for _, identifier_id, reason, *word in rows
    }
    if not obstacles:
        return [Obstacle("no_evidence", "no evidence ties their records to each other")]
    # A steward's word comes before whatever else is in the way.
    return sorted(
        obstacles,
        key=lambda each: (
            each.kind != "steward",
            each.kind,
            each.reason,
            each.identifier_id or "",
            each.word.decided_at.isoformat() if each.word else "",
        ),
    )


def _kind(reason: str) -> str:
    return reason.partition(":")[0].replace(" ", "_")


def _all_keys(connection: duckdb.DuckDBPyConnection, records: list[SourceRecord]) -> list[str]:
    keys = {record.key for record in records}
    person_keys = statement(__package__, "person_keys")
    for person_id in {record.person_id for record in records if record.person_id}:
        rows = connection.execute(person_keys, {"person_id": person_id}).fetchall()
        keys |= {key for (key,) in rows}
    return sorted(keys)
