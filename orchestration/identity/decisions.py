"""What stewards decide by hand: two records are one person, or are not.

Decisions are only ever added and hold record keys, never what the records say. The models take the
latest on each pair of records.
"""

import getpass
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

import duckdb

from orchestration.errors import UsageError
from orchestration.identity.references import (
    Position,
    Reference,
    UnknownReferenceError,
    find_records,
    parse_reference,
)
from orchestration.ingestion.landing import ensure_own_tables
from orchestration.locks import hold
from orchestration.publishing.reading import reading
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import connect, told_without_values

Verdict = Literal["same", "different", "undone"]

# An address, or as many digits as the shortest phone number has.
CONTACT = re.compile(r"\S@\S|(?:\d[\s().-]*){7,}")


@dataclass(frozen=True)
class Decision:
    """One decision on two records, the lesser key at the left."""

    decision_id: str
    decision: Verdict
    left_key: str
    right_key: str
    reason: str | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Standing:
    """A decision that no later one on the same records has replaced."""

    decision_id: str
    decision: Verdict
    left_key: str
    right_key: str


# A record's key, or what was asked for where nothing published answers to it.
End = str | tuple[Reference, Position]


def decide(
    settings: Settings, verdict: Verdict, first: str, second: str, reason: str | None
) -> Decision:
    """Note a decision; it counts from the next build on.

    Args:
        settings: Where the warehouse and the published file are.
        verdict: What the two records are to each other, or that nothing is decided any more.
        first: A reference that means one record, such as `crm:C0012`.
        second: The other.
        reason: Why, for whoever asks later; without contact details.

    Raises:
        UsageError: a reference does not mean one record that can be decided on, the reason holds
            contact details, there is nothing to undo, or the decision contradicts others.
        BusyError: a run writes to the warehouse.
    """
    _check_reason(reason)
    ends = _ends(settings, verdict, first, second)
    with (
        hold(settings.locks_path / "run.lock", 0, lambda _: None),
        connect(settings.warehouse_path) as warehouse,
        told_without_values("Noting the decision"),
    ):
        ensure_own_tables(warehouse)
        standing = _standing(warehouse)
        left, right = sorted(_record_keys(ends, standing))
        now = settings.clock().astimezone(UTC).replace(tzinfo=None)
        decision = Decision(uuid4().hex, verdict, left, right, reason, getpass.getuser(), now)
        _check_against(standing, decision)
        warehouse.execute(statement(__package__, "record_decision"), asdict(decision))
    return decision


def _check_reason(reason: str | None) -> None:
    if reason and CONTACT.search(reason):
        raise UsageError(
            "--why holds an address or a number; a decision is kept for ever, so give the reason"
            " without contact details."
        )


def _ends(settings: Settings, verdict: Verdict, first: str, second: str) -> tuple[End, End]:
    if not settings.published_path.is_file():
        raise UsageError("Nothing is published yet; `onefold run` first.")

    with reading(settings) as published:
        return (
            _end(published, verdict, first, "first"),
            _end(published, verdict, second, "second"),
        )


def _end(
    published: duckdb.DuckDBPyConnection, verdict: Verdict, text: str, position: Position
) -> End:
    """Return a record's key, or the reference to one that only decisions still know."""
    reference = parse_reference(text)
    if reference.is_guessed:
        raise UsageError(
            f"The {position} reference is a phone number without its country, so that it may be"
            " somebody else's; write it with + and the country's code."
        )
    try:
        records = find_records(published, reference, position)
    except UnknownReferenceError:
        if verdict == "undone" and reference.kind == "record":
            return reference, position
        raise
    if len(records) > 1:
        raise UsageError(
            f"The {position} reference means {len(records)} records; a decision is on one, such as"
            f" {records[0].source_name}:{records[0].record_type}:ID."
        )
    [record] = records
    if record.record_type == "cookie":
        raise UsageError(
            f"The {position} reference is a cookie; it belongs to who logged in on it, so decide on"
            " the accounts."
        )
    return record.key


def _record_keys(ends: tuple[End, End], standing: Iterable[Standing]) -> tuple[str, str]:
    decided = {key for found in standing for key in (found.left_key, found.right_key)}
    first, second = (end if isinstance(end, str) else _decided_key(*end, decided) for end in ends)
    if first == second:
        raise UsageError("Both references mean the same record; a decision is on two.")
    return first, second


def _decided_key(reference: Reference, position: Position, decided: Iterable[str]) -> str:
    """Return the key of a record that was erased or deleted after it was decided on."""
    keys = [key for key in decided if _is_meant(reference, key)]
    if not keys:
        raise UnknownReferenceError(position, reference.type)
    if len(keys) > 1:
        raise UsageError(
            f"The {position} reference means {len(keys)} records that were decided on; write it as"
            " source:type:ID."
        )
    return keys[0]


def _is_meant(reference: Reference, key: str) -> bool:
    source_name, _, record_id = key.split(":", 2)
    return f"{reference.type}:{reference.value}" in {key, f"{source_name}:{record_id}"}


def _standing(warehouse: duckdb.DuckDBPyConnection) -> list[Standing]:
    rows = warehouse.execute(statement(__package__, "standing_decisions")).fetchall()
    return [Standing(*row) for row in rows]


def _check_against(standing: Iterable[Standing], new: Decision) -> None:
    """Refuse what would make two records both one person and not."""
    ends = (new.left_key, new.right_key)
    others = [found for found in standing if (found.left_key, found.right_key) != ends]
    if new.decision == "undone":
        if len(others) == len(list(standing)):
            raise UsageError("No decision stands on these two records; there is nothing to undo.")
        return

    decided = [*others, Standing(new.decision_id, new.decision, *ends)]
    group_of = _groups([found for found in decided if found.decision == "same"])
    for found in decided:
        left, right = (group_of.get(key, key) for key in (found.left_key, found.right_key))
        if found.decision == "different" and left == right:
            raise UsageError(
                f"Decisions would contradict each other: `same` ones make {found.left_key} and"
                f" {found.right_key} one person, and a `different` one parts them. Undo one first."
            )


def _groups(decided: Iterable[Standing]) -> dict[str, str]:
    """Return a name of its group for each record that was decided to be somebody's."""
    group_of: dict[str, str] = {}
    for found in decided:
        left = group_of.setdefault(found.left_key, found.left_key)
        right = group_of.setdefault(found.right_key, found.right_key)
        group_of |= {key: left for key, group in group_of.items() if group == right}
    return group_of
