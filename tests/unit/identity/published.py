"""A published file with a few records and what ties them, made up by a test."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

TABLES = """
create schema marts;
create table marts.run (run_id text, finished_at timestamp, onefold_version text);
insert into marts.run values ('20260615T103000Z-0001', timestamp '2026-06-15 10:30:00', '0.1.0');
create table marts.person_records (
    record_key text, source_name text, record_type text, record_id text, person_id text
);
create table marts.person_redirects (former_person_id text, person_id text);
create table marts.identifier_sightings (
    record_key text, identifier_type text, identifier_value text
);
create table marts.identity_links (
    link_id text, left_key text, right_key text, rule text, identifier_id text,
    source_name text, record_type text, record_id text, unused_reason text, is_used boolean,
    seen_at timestamp
);
create table marts.identity_decisions (
    left_key text, right_key text, reason text, decided_by text, decided_at timestamp
);
create table marts.identity_likely_pairs (
    left_key text, right_key text, match_probability double, match_account text
);
"""
NOON = datetime(2026, 3, 1, 12, 0)  # noqa: DTZ001 - published times have no zone


@dataclass
class Published:
    """The file, and what it is filled with."""

    path: Path
    people: dict[str, str | None] = field(default_factory=dict)
    links: list[tuple[object, ...]] = field(default_factory=list)
    words: list[tuple[object, ...]] = field(default_factory=list)

    def person(self, person_id: str | None, *keys: str) -> None:
        """Add records of one person, or of nobody."""
        self.people |= dict.fromkeys(keys, person_id)

    def link(
        self,
        left: str,
        right: str,
        rule: str,
        identifier: str | None = None,
        unused: str | None = None,
    ) -> str:
        """Add a piece of evidence and return its id."""
        link_id = f"link{len(self.links):04}"
        source = (right if right in self.people else left).split(":", 2)
        self.links.append(
            (link_id, left, right, rule, identifier, *source, unused, unused is None, NOON)
        )
        return link_id

    def decision(self, left: str, right: str, reason: str | None, unused: str | None = None) -> str:
        """Add what a steward decided on two records, and return the id of the link."""
        self.words.append((left, right, reason, "steward", NOON))
        return self.link(left, right, "steward", None, unused)

    def write(self) -> Path:
        """Write the file and return where it is."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(self.path)) as connection:
            connection.execute(TABLES)
            for key, person_id in self.people.items():
                connection.execute(
                    "insert into marts.person_records values (?, ?, ?, ?, ?)",
                    [key, *key.split(":", 2), person_id],
                )
            for link in self.links:
                connection.execute(
                    f"insert into marts.identity_links values ({', '.join('?' * len(link))})",  # noqa: S608
                    list(link),
                )
            for word in self.words:
                connection.execute(
                    "insert into marts.identity_decisions values (?, ?, ?, ?, ?)", list(word)
                )
        return self.path
