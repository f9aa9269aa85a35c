"""One set of rows, built at once and built in pieces, with decisions that are taken back."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestration.settings import Settings
from tests.integration.identity import refusals
from tests.integration.identity.graph import Decision, Graph, TableRow, landing_of
from tests.integration.identity.traps import all_traps
from tests.integration.identity.worlds import World, world_of

People = Mapping[str, str | None]

MARTS = ("person_records", "identifiers", "identity_links", "identity_changes")
ERASED_AT, BACK_AT = "2026-03-02T12:00:00Z", "2026-03-03T12:00:00Z"
# What tells only when, and from which line, a row came, differs between two ways to the same rows.
TRACES = ("file_line_number", "run_at", "assigned_run_id", "assigned_run_number", "component")
INCREMENTAL_TABLES = """
    select table_schema || '.' || table_name, string_agg(column_name, ', ')
    from information_schema.columns
    where (table_schema, table_name) in (
        select table_schema, table_name from information_schema.columns
        where column_name = 'fingerprint' and table_name not in (
            select table_name from information_schema.tables where table_type = 'VIEW'
        )
    )
    and column_name not like '%fingerprint' and column_name not in ({traces})
    group by 1
"""

TRAP_DECISIONS = [
    Decision("different", "crm:contact:owner-1", "pos:receipt:owner-2"),
    Decision("same", "crm:contact:family-1", "crm:contact:family-2"),
    refusals.UNITED,
]


@dataclass(frozen=True)
class History:
    """The people after each build of one warehouse, and what was decided between.

    `permissions` are those after each build, too. `anew` is its twin, in which the second build
    kept nothing of the first but the ids.
    """

    graph: Graph
    decisions: list[Decision]
    first: People
    decided: People
    undone: People
    decided_tables: Mapping[str, tuple[int, int]]
    permissions: Sequence[refusals.Permissions]
    anew: Graph


def build_at_once(settings: Settings, worlds: Sequence[World]) -> Graph:
    """Build the traps and the worlds."""
    rows = trap_rows()
    for world in worlds:
        rows += world.rows(junk=0)
    graph = Graph(settings, MARTS)
    graph.add(landing_of(rows), "all")
    return graph


def build_in_pieces(settings: Settings, worlds: Sequence[World]) -> History:
    """Build all in another order, add rows and decisions, and take the decisions back.

    Some contacts are erased in between, and an address gets too many holders. The values that stand
    for nothing are others than those of the build at once.
    """
    early, late, back = trap_rows() + crowd_rows(0, 2), crowd_rows(2, 60), []
    early += [*refusals.CONTACTS, *refusals.TWINS, ("crm.contacts", refusals.MOVER)]
    early += refusals.first_words()
    late.append(("crm.contacts", refusals.MOVED))
    back.append(refusals.TWINS[0])
    for world in worlds:
        rows = list(world.rows(junk=1))
        early += rows[::2] if is_late(world.number) else rows
        late += rows[1::2] if is_late(world.number) else []
        if is_erased(world.number):
            back += [(table, row) for table, row in rows if table == "crm.contacts"][:1]
    late += [
        (table, {**row, "updated_at": ERASED_AT, "deleted_at": ERASED_AT}) for table, row in back
    ]
    graph = Graph(settings, (*MARTS, "contact_permissions"))
    graph.add(landing_of(early), "early", seed=7)
    first, permissions = graph.person_of(), [refusals.permissions(graph)]
    late.append(refusals.word("crowd-1", "opt_out", "sms", settings.clock()))

    decisions = [*TRAP_DECISIONS, *random_decisions(first)]
    graph.decide(decisions)
    anew = graph.twin()
    graph.add(landing_of(late), "late", seed=8)
    decided, decided_tables = graph.person_of(), kept_tables(graph)
    permissions.append(refusals.permissions(graph))
    refusal = refusals.word("joined-1", "opt_out", "email", settings.clock())
    anew.add(landing_of(late), "late", seed=9, full_refresh=True)

    graph.decide(decision._replace(verdict="undone") for decision in decisions)
    back = [(table, {**row, "updated_at": BACK_AT}) for table, row in back]
    back.append(refusal)
    graph.add(landing_of(back), "back")
    permissions.append(refusals.permissions(graph))
    undone = graph.person_of()
    return History(graph, decisions, first, decided, undone, decided_tables, permissions, anew)


def kept_tables(graph: Graph) -> dict[str, tuple[int, int]]:
    """Return how many rows each table that is kept from build to build has, and a sum of them."""
    traces = ", ".join(f"'{column}'" for column in TRACES)
    tables = graph.rows(INCREMENTAL_TABLES.format(traces=traces))
    query = "select count(*), sum(md5_number_lower(cast(t as text))) from (select {} from {}) as t"
    return {table: graph.rows(query.format(columns, table))[0] for table, columns in tables}


def trap_rows() -> list[TableRow]:
    """Return the rows of all traps."""
    return [
        (table, row) for trap in all_traps() for table, rows in trap.rows.items() for row in rows
    ]


def crowd_rows(first: int, end: int) -> list[TableRow]:
    """Return contacts of one name and address; from the 51st on, the address links nobody."""
    return [
        ("crm.contacts", {"contact_id": f"crowd-{number}", "first_name": "Ida", "last_name": "Ohm",
                          "email": "crowd@people.org"})
        for number in range(first, end)
    ]  # fmt: skip


def is_erased(world: int | None) -> bool:
    """Whether a contact of the world is gone in the second build, and back in the third."""
    return world is not None and world % 9 == 2


def is_late(world: int | None) -> bool:
    """Whether half of the world's rows come with the second build."""
    return world is not None and world % 3 == 1


def is_decided(world: int | None) -> bool:
    """Whether a steward decides on two records of the world."""
    return world is not None and world % 3 == 0


def random_decisions(people: People) -> Iterator[Decision]:
    """Part two records of one person, or unite two people, in each world that is for it.

    Whose a cookie is follows from its logins; stewards decide on the other records.
    """
    members = defaultdict(list)
    for key in sorted(people):
        if not key.startswith("web:cookie:"):
            members[world_of(key)].append(key)
    for world, keys in members.items():
        if world is not None and is_decided(world) and len(keys) > 1:
            left, right = random.Random(world).sample(keys, 2)
            yield Decision("different" if people[left] == people[right] else "same", left, right)


def groups_of(people: People, keys: Iterable[str]) -> set[frozenset[str]]:
    """Return which records are one person, whatever its id."""
    groups = defaultdict(set)
    for key in keys:
        groups[people[key] or f"nobody {key}"].add(key)
    return {frozenset(group) for group in groups.values()}


def inherited_ids(before: People, after: People) -> dict[str, str]:
    """Return the new id of each group that has to keep one, by its first record.

    A former person is where most of its records are; of several in one group, the oldest stays.
    """
    first_of = {}
    for key, person in sorted(after.items()):
        first_of.setdefault(person, key)
    votes = defaultdict(Counter)
    for key, former in sorted(before.items()):
        if former is not None and after.get(key) is not None:
            votes[former][first_of[after[key]]] += 1
    heirs: dict[str, str] = {}
    for former, places in sorted(votes.items()):
        heirs.setdefault(places.most_common(1)[0][0], former)
    return heirs
