"""Conditions of an audience file, read and checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from orchestration.audiences.catalog import Catalog, hint
from orchestration.audiences.nodes import Node, told

MOST_DAYS = 36_500
MOST_EVENTS = 1_000_000
OF_THIS_NAME = "of this name"

COMPARISONS = ("is", "in", "above", "at_least", "below", "at_most")
MOMENTS = ("in_last_days", "before_last_days")
OPERATORS = (*COMPARISONS, *MOMENTS, "known")
# What may stand beside the kind of a condition.
COUNTED = ("within_days", "at_least", "at_most")


@dataclass(frozen=True)
class Value:
    """A value of a file, of the kind of its column."""

    kind: str
    text: str


@dataclass(frozen=True)
class Combined:
    """Conditions of which all or any must hold."""

    how: Literal["all", "any"]
    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Negated:
    """A condition that must not hold; what is unknown does not hold."""

    part: "Condition"


@dataclass(frozen=True)
class ColumnCondition:
    """A condition on a column of the single customer view."""

    column: str
    operator: str
    values: tuple[Value, ...] = ()
    days: int = 0


@dataclass(frozen=True)
class CountCondition:
    """A number of events, or of purchases, in the days before the run."""

    source: Literal["event", "bought"]
    # Columns and what they must be; none for any purchase.
    filters: tuple[tuple[str, str], ...]
    within_days: int | None
    at_least: int
    at_most: int | None


@dataclass(frozen=True)
class MemberCondition:
    """Membership of another audience."""

    audience: str
    line: int


Condition = Combined | Negated | ColumnCondition | CountCondition | MemberCondition


class ConditionReader:
    """Reads conditions against a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._readers: dict[str, Callable[[Node, dict[str, Node]], Condition]] = {
            "all": self._combined,
            "any": self._combined,
            "not": self._negated,
            "column": self._on_column,
            "event": self._of_events,
            "bought": self._of_purchases,
            "member_of": self._of_members,
        }

    def read(self, node: Node) -> Condition:
        """Read a condition and all within it.

        Raises:
            AudienceError: it cannot be understood, or names what does not exist.
        """
        entries = node.mapping("a condition")
        kinds = [key for key in entries if key in self._readers]
        if len(kinds) != 1:
            node.fail(f"a condition has exactly one of {', '.join(self._readers)}")
        return self._readers[kinds[0]](node, entries)

    def _combined(self, _: Node, entries: dict[str, Node]) -> Condition:
        how: Literal["all", "any"] = "all" if "all" in entries else "any"
        refuse_others(entries, (how,))
        parts = entries[how].items(f"what stands under {how}")
        return Combined(how, tuple(self.read(part) for part in parts))

    def _negated(self, _: Node, entries: dict[str, Node]) -> Condition:
        refuse_others(entries, ("not",))
        return Negated(self.read(entries["not"]))

    def _on_column(self, node: Node, entries: dict[str, Node]) -> Condition:
        column = entries["column"].text("column")
        kind = self._catalog.columns.get(column)
        if kind is None:
            meant = hint(column, self._catalog.columns)
            entries["column"].fail(f"there is no column {told(column, OF_THIS_NAME)}{meant}")
        refuse_others(entries, ("column", *OPERATORS))
        operators = [key for key in entries if key in OPERATORS]
        if len(operators) != 1:
            node.fail(f"a condition on a column has exactly one of {', '.join(OPERATORS)}")

        operator, value = operators[0], entries[operators[0]]
        if operator == "known":
            return ColumnCondition(column, operator, (_value(value, "boolean"),))
        if operator in MOMENTS:
            if kind not in {"date", "timestamp"}:
                value.fail(f"{operator} asks for a date, and {column} is none")
            days = value.whole_number(operator, least=1, most=MOST_DAYS)
            return ColumnCondition(column, operator, days=days)
        if operator not in {"is", "in"} and kind in {"text", "boolean"}:
            value.fail(f"{operator} compares numbers and dates, and {column} is {kind}")
        nodes = value.items("in") if operator == "in" else [value]
        return ColumnCondition(column, operator, tuple(_value(item, kind) for item in nodes))

    def _of_events(self, node: Node, entries: dict[str, Node]) -> Condition:
        refuse_others(entries, ("event", *COUNTED))
        return _counted("event", (("event_name", entries["event"].text("event")),), node, entries)

    def _of_purchases(self, node: Node, entries: dict[str, Node]) -> Condition:
        refuse_others(entries, ("bought", *COUNTED))
        what = entries["bought"]
        if isinstance(what.inner.value, str):
            if what.text("bought") != "anything":
                what.fail("bought is anything, or has product_id or product_category")
            return _counted("bought", (), node, entries)

        named = what.mapping("bought")
        refuse_others(named, ("product_id", "product_category"))
        filters = tuple((column, value.text(column)) for column, value in named.items())
        if not filters:
            what.fail("bought is anything, or has product_id or product_category")
        return _counted("bought", filters, node, entries)

    def _of_members(self, _: Node, entries: dict[str, Node]) -> Condition:
        refuse_others(entries, ("member_of",))
        audience = entries["member_of"].text("member_of")
        if audience not in self._catalog.audiences:
            meant = hint(audience, self._catalog.audiences)
            entries["member_of"].fail(f"there is no audience {told(audience, OF_THIS_NAME)}{meant}")
        return MemberCondition(audience, entries["member_of"].line)


def refuse_others(entries: dict[str, Node], known: tuple[str, ...]) -> None:
    """Refuse keys that nobody reads: most are typing errors.

    Raises:
        AudienceError: there is one.
    """
    for key, value in entries.items():
        if key not in known:
            value.fail_at_key(f"{told(key)} is not known here; there are {', '.join(known)}")


def _counted(
    source: Literal["event", "bought"],
    filters: tuple[tuple[str, str], ...],
    node: Node,
    entries: dict[str, Node],
) -> CountCondition:
    def number(key: str, *, least: int, most: int) -> int | None:
        return entries[key].whole_number(key, least=least, most=most) if key in entries else None

    within_days = number("within_days", least=1, most=MOST_DAYS)
    at_most = number("at_most", least=0, most=MOST_EVENTS)
    at_least = number("at_least", least=0, most=MOST_EVENTS)
    if at_least is None:
        at_least = 1 if at_most is None else 0
    if at_most is not None and at_most < at_least:
        node.fail("at_most is below at_least, so nobody can be meant")
    return CountCondition(source, filters, within_days, at_least, at_most)


def _value(node: Node, kind: str) -> Value:
    """Return a value that fits a column."""
    if kind == "text":
        return Value(kind, node.text("the value"))

    found, text = node.scalar("the value")
    if kind == "boolean":
        if found != "bool":
            node.fail("the value must be true or false")
        return Value(kind, str(text.lower() in {"true", "yes", "on"}).lower())
    if kind == "number":
        if found not in {"int", "float"} or not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text):
            node.fail("the value must be a number")
        return Value(kind, text)

    if found != "timestamp" or not _is_date(text):
        node.fail("the value must be a date such as 2026-01-31")
    return Value(kind, text)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
