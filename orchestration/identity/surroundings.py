"""What lies around an explanation: all evidence on the people in question, cut to what fits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import duckdb

from orchestration.identity.evidence import Link, read_links, spanning_links
from orchestration.identity.explanation import Explanation
from orchestration.identity.references import SourceRecord
from orchestration.statements import statement

MOST_RECORDS = 60
# Places kept free for records of other people that evidence leads to.
KEPT_FOR_OTHERS = 12
MOST_VALUES = 12
MOST_LINKS = 150


class Role(IntEnum):
    """What a piece of evidence does here, what matters most first."""

    CHAIN = 0
    HOLDING = 1
    UNUSED = 2
    SPARE = 3


@dataclass(frozen=True)
class Surroundings:
    """The records, values and links to show, in order of importance, and how many are left out."""

    records: list[SourceRecord]
    values: list[str]
    links: list[Link]
    roles: dict[str, Role]
    left_out_records: int
    left_out_links: int

    def role(self, link: Link) -> Role:
        """Return what a link does here."""
        return self.roles[link.link_id]


def surroundings(connection: duckdb.DuckDBPyConnection, explanation: Explanation) -> Surroundings:
    """Find what to show around an explanation: what is nearest to the records asked about."""
    asked = [record.key for record in explanation.records]
    # One record of each person: what leads from it to the others holds the person together.
    first_asked = {record.person_id: record.key for record in explanation.records[::-1]}
    own = {record.key: record for record in _records(connection, explanation.person_ids, asked)}
    evidence = read_links(connection, explanation.person_ids, asked)
    chain = explanation.links if explanation.is_relation else []
    starts = _distinct(_ends(chain)) or list(first_asked.values())
    holding = spanning_links([link for link in evidence if link.unused_reason is None], starts)

    near = _distinct([*starts, *asked, *_ends(holding), *own])
    foreign = {key for link in evidence for key in link.record_keys if key not in own}
    inner = near[: MOST_RECORDS - min(len(foreign), KEPT_FOR_OTHERS)]
    beside = _beside(evidence, set(inner))
    outer = [key for key in beside if key in foreign][: MOST_RECORDS - len(inner)]
    values = [key for key in beside if key not in foreign and key not in own][:MOST_VALUES]

    roles = _roles(evidence, chain, holding)
    shown = {*inner, *outer, *values}
    links = sorted(
        dict.fromkeys(x for x in [*chain, *holding, *evidence] if shown.issuperset(x.ends)),
        key=lambda link: (roles[link.link_id], not own.keys() >= set(link.ends)),
    )
    known = own | {record.key: record for record in _records(connection, [], outer)}
    return Surroundings(
        records=[known[key] for key in [*inner, *outer]],
        values=values,
        links=links[:MOST_LINKS],
        roles=roles,
        left_out_records=len(own) + len(foreign) - len(inner) - len(outer),
        left_out_links=len(evidence) - len(links[:MOST_LINKS]),
    )


def _roles(evidence: list[Link], chain: list[Link], holding: list[Link]) -> dict[str, Role]:
    roles = {
        link.link_id: Role.SPARE if link.unused_reason is None else Role.UNUSED for link in evidence
    }
    roles |= {link.link_id: Role.HOLDING for link in holding}
    return roles | {link.link_id: Role.CHAIN for link in chain}


def _beside(evidence: list[Link], inner: set[str]) -> list[str]:
    """Return what evidence leads to from within, what it leads to most often first."""
    met = Counter(
        key
        for link in evidence
        for key in link.ends
        if key not in inner and not inner.isdisjoint(link.ends)
    )
    return sorted(met, key=lambda key: (-met[key], key))


def _ends(links: Iterable[Link]) -> list[str]:
    return [key for link in links for key in link.ends]


def _distinct(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


def _records(
    connection: duckdb.DuckDBPyConnection, person_ids: list[str], record_keys: list[str]
) -> list[SourceRecord]:
    values = {"person_ids": person_ids, "record_keys": record_keys}
    rows = connection.execute(statement(__package__, "surrounding_records"), values).fetchall()
    return [SourceRecord(*row) for row in rows]
