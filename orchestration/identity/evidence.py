"""Evidence as it is published, and the ways that lead along it from record to record."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from orchestration.statements import statement


@dataclass(frozen=True)
class StewardsWord:
    """Who decided on two records, when, and why."""

    decided_by: str
    decided_at: datetime
    reason: str | None

    def as_json(self) -> dict[str, str | None]:
        """Return it for machines."""
        return {
            "decided_by": self.decided_by,
            "decided_at": self.decided_at.isoformat(),
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Link:
    """A piece of evidence between two records, or a record and a value that links nobody."""

    link_id: str
    left_key: str
    right_key: str
    rule: str
    identifier_id: str | None
    source_name: str
    record_type: str
    record_id: str
    seen_at: datetime | None
    unused_reason: str | None = None
    match_account: str | None = None
    word: StewardsWord | None = None

    @property
    def ends(self) -> tuple[str, str]:
        """The records at both ends; at the right one there may be a value."""
        return self.left_key, self.right_key

    @property
    def leads_to_value(self) -> bool:
        """Whether there is no record at the right end, but a value that links nobody."""
        return self.right_key == self.identifier_id

    @property
    def record_keys(self) -> tuple[str, ...]:
        """The records among the ends."""
        return self.ends[:1] if self.leads_to_value else self.ends

    @property
    def source_key(self) -> str:
        """The record that brought the evidence."""
        return f"{self.source_name}:{self.record_type}:{self.record_id}"

    def other_end(self, key: str) -> str:
        """Return the record at the other end."""
        return self.left_key if key == self.right_key else self.right_key


def read_links(
    connection: duckdb.DuckDBPyConnection,
    person_ids: Sequence[str],
    record_keys: Sequence[str] = (),
    *,
    only_used: bool = False,
) -> list[Link]:
    """Return all evidence that touches the records of some people, or some records."""
    values = {
        "person_ids": list(person_ids),
        "record_keys": list(record_keys),
        "only_used": only_used,
    }
    rows = connection.execute(statement(__package__, "links"), values).fetchall()
    return [replace(Link(*row[:-3]), word=read_word(*row[-3:])) for row in rows]


def read_word(
    decided_by: str | None, decided_at: datetime | None, reason: str | None
) -> StewardsWord | None:
    """Return a steward's word, where a row holds one."""
    if decided_by is None or decided_at is None:
        return None
    return StewardsWord(decided_by, decided_at, reason)


def shortest_path(links: list[Link], starts: set[str], goals: set[str]) -> list[Link]:
    """Return the fewest links that lead from one of the starts to one of the goals."""
    reached: dict[str, Link | None] = dict.fromkeys(sorted(starts))
    waiting = deque(sorted(starts))
    neighbours = _neighbours(links)
    while waiting:
        key = waiting.popleft()
        if key in goals:
            return _way_back(reached, key)
        for link in neighbours.get(key, []):
            end = link.other_end(key)
            if end not in reached:
                reached[end] = link
                waiting.append(end)
    return []


def spanning_links(links: list[Link], starts: list[str]) -> list[Link]:
    """Return just as many links as hold together what the starts lead to, the nearest first."""
    reached, waiting, used = set(starts), deque(starts), []
    neighbours = _neighbours(links)
    while waiting:
        key = waiting.popleft()
        for link in neighbours.get(key, []):
            end = link.other_end(key)
            if end not in reached:
                reached.add(end)
                used.append(link)
                waiting.append(end)
    return used


def _neighbours(links: list[Link]) -> dict[str, list[Link]]:
    neighbours: dict[str, list[Link]] = {}
    for link in links:
        neighbours.setdefault(link.left_key, []).append(link)
        neighbours.setdefault(link.right_key, []).append(link)
    return neighbours


def _way_back(reached: dict[str, Link | None], key: str) -> list[Link]:
    path = []
    while (link := reached[key]) is not None:
        path.append(link)
        key = link.other_end(key)
    return path[::-1]
