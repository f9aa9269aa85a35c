"""What makes a row unusable, as SQL: a required value that is missing or cannot be read.

A value passes only where the safe casts of staging read it too, so that no row is lost there.
"""

import re
from dataclasses import dataclass

from orchestration.ingestion.catalog import LandingColumn, LandingTable
from orchestration.warehouse import quoted

# Nothing but spaces and characters that nobody sees: staging would make NULL of it.
BLANK_PATTERN = (
    r"[\s\x00-\x1F\x{007F}-\x{00A0}\x{00AD}\x{1680}\x{2000}-\x{200B}\x{200E}\x{200F}"
    r"\x{2028}-\x{202F}\x{2060}\x{2066}-\x{2069}\x{3000}\x{FEFF}]*"
)

# Casts alone read too much: 'epoch' as a time, '1_000' as an amount, '1.5' as the whole number 2.
TIME_PATTERN = r"\d{4}[-/]\d.*"
DATE_PATTERN = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T\s].*)?"
DECIMAL_PATTERN = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
WHOLE_PATTERN = r"[+-]?\d+(\.0*)?"

# Other decimals, such as quantities and scores, may be rounded; money may not.
AMOUNT_TYPE = "decimal(18,2)"

# ISO 8601 allows more than casts read; the steps of the macro `iso_time_rewrites`.
ISO_TIME_REWRITES = (
    (r"^\s*(\d{4})(\d{2})(\d{2})([Tt].*|\s*)$", r"\1-\2-\3\4"),
    (r"^\s*(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):?(\d{2})", r"\1 \2:\3"),
    (r"^(\S+ \d{2}:\d{2})(\d{2})", r"\1:\2"),
    (r"^(\S+ \d{2}:\d{2})(\s*[Zz+-].*)$", r"\1:00\2"),
    (r"^(\S+ \d{2}:\d{2}:\d{2}),(\d)", r"\1.\2"),
    (r"\s*[Zz]\s*$", "Z"),
    (r"\s+([+-]\d{2}:?(?:\d{2})?)\s*$", r"\1"),
)
REWRITTEN_TIME_PATTERN = r"\d{4}-\d{2}-\d{2}.*"


@dataclass(frozen=True)
class Check:
    """A condition under which a row is unusable; the reason never quotes the value."""

    column: str
    reason: str
    condition: str


def checks_of(table: LandingTable) -> list[Check]:
    """Return what must not hold for the rows of a table, in order of its columns."""
    return [
        check
        for column in table.required
        if not column.may_be_empty
        for check in _checks_of_column(column)
    ]


def doubts_of(table: LandingTable) -> list[Check]:
    """Return where an amount that a row can do without will be empty after staging."""
    return [
        Check(column.name, "not an amount", f"{_is_rounded(value)} and not {_is_blank(value)}")
        for column in table.columns
        if column.data_type == AMOUNT_TYPE and not column.is_required
        for value in [quoted(column.name)]
    ]


def first_of(checks: list[Check], attribute: str) -> str:
    """Return SQL for the column or the reason of the first check that a row fails."""
    branches = " ".join(
        f"when {check.condition} then {text(getattr(check, attribute))}" for check in checks
    )
    return f"case {branches} end"


def any_of(checks: list[Check]) -> str:
    """Return SQL that is true for an unusable row, else false."""
    return " or ".join(f"({check.condition})" for check in checks) or "false"


def text(value: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def _checks_of_column(column: LandingColumn) -> list[Check]:
    value = quoted(column.name)
    checks = [Check(column.name, "missing", _is_blank(value))]

    if reading := _reading(value, column.data_type):
        kind, is_readable = reading
        checks.append(Check(column.name, f"not a {kind}", f"not ({is_readable})"))
    if limit := _limit(column.data_type):
        reason = f"too large: the limit is {limit}"
        checks.append(Check(column.name, reason, f"not ({_is_castable(value, column.data_type)})"))
    if column.data_type == AMOUNT_TYPE:
        checks.append(Check(column.name, "more than 2 decimals", _is_rounded(value)))
    if column.accepted_values:
        accepted = ", ".join(text(accepted) for accepted in column.accepted_values)
        checks.append(
            Check(
                column.name,
                f"not one of {', '.join(column.accepted_values)}",
                f"replace(lower(trim({value})), '-', '_') not in ({accepted})",
            )
        )
    return checks


def _is_blank(value: str) -> str:
    return f"regexp_full_match(coalesce({value}, ''), {text(BLANK_PATTERN)})"


def _is_rounded(value: str) -> str:
    """Return SQL that is true where a cast would change an amount, as in the macro `to_amount`."""
    amount, exact, exact_if_large = (
        f"try_cast(trim({value}) as {data_type})"
        for data_type in (AMOUNT_TYPE, "decimal(18,6)", "decimal(22,6)")
    )
    return f"({amount} = coalesce({exact}, {exact_if_large})) is not true"


def _reading(value: str, data_type: str) -> tuple[str, str] | None:
    """Return what a value should be, and SQL that is true where it can be read as that."""
    if data_type == "timestamp":
        return "time", _is_readable_time(value)
    if data_type == "date":
        return "date", _is_readable(value, "date", DATE_PATTERN)
    if data_type == "bigint":
        return "whole number", _matches(value, WHOLE_PATTERN)
    if data_type.startswith("decimal"):
        return "decimal number", _matches(value, DECIMAL_PATTERN)
    return None


def _limit(data_type: str) -> str | None:
    """Return the largest number that a type holds."""
    if data_type == "bigint":
        return str(2**63 - 1)
    if decimal := re.fullmatch(r"decimal\((\d+),(\d+)\)", data_type):
        digits, decimals = map(int, decimal.groups())
        return f"{'9' * (digits - decimals)}.{'9' * decimals}"
    return None


def _is_readable(value: str, data_type: str, pattern: str) -> str:
    return f"{_matches(value, pattern)} and {_is_castable(value, data_type)}"


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match(trim({value}), {text(pattern)})"


def _is_castable(value: str, data_type: str) -> str:
    return f"try_cast(trim({value}) as {data_type}) is not null"


def _is_readable_time(value: str) -> str:
    instant = "timestamp with time zone"
    rewritten = value
    for pattern, replacement in ISO_TIME_REWRITES:
        rewritten = f"regexp_replace({rewritten}, {text(pattern)}, {text(replacement)}, 'g')"
    return (
        f"case when {_is_readable(value, instant, TIME_PATTERN)} then true "
        f"else {_is_readable(rewritten, instant, REWRITTEN_TIME_PATTERN)} end"
    )
