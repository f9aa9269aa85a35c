"""What a user means by `crm:C0012`, `email:x@y.z` or `person:p000000000001`."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb
import phonenumbers

from orchestration.errors import OnefoldError, UsageError
from orchestration.identity.statements import statement
from orchestration.settings import PROJECT_DIR

IDENTIFIER_TYPES = PROJECT_DIR / "seeds" / "identity" / "identifier_types.csv"


@dataclass(frozen=True)
class SourceRecord:
    """A source record and the person it belongs to; no person for a shared cookie."""

    key: str
    source_name: str
    record_type: str
    record_id: str
    person_id: str | None


@dataclass(frozen=True)
class Reference:
    """One end of a question, as the user wrote it."""

    kind: Literal["person", "identifier", "record"]
    type: str
    value: str


def parse_reference(text: str) -> Reference:
    """Read a reference.

    Raises:
        UsageError: it has no type before a colon, or nothing after it.
    """
    prefix, colon, value = text.strip().partition(":")
    if not colon or not prefix or not value.strip():
        raise UsageError(
            "A reference is written as source:record (crm:C0012), type:value (email:x@y.z) or "
            "person:id."
        )
    if prefix == "person":
        return Reference("person", prefix, value.strip())
    if prefix in identifier_types():
        return Reference("identifier", prefix, _normalised(prefix, value.strip()))
    return Reference("record", prefix, value.strip())


def find_records(
    connection: duckdb.DuckDBPyConnection, reference: Reference, position: str
) -> list[SourceRecord]:
    """Return the published records that a reference means.

    Args:
        connection: The published file.
        reference: What to look for.
        position: Which argument it was, for the error: its value may be personal.

    Raises:
        OnefoldError: nothing published answers to it.
    """
    rows = connection.execute(
        statement("find_ends"),
        {"kind": reference.kind, "type": reference.type, "value": reference.value},
    ).fetchall()
    if not rows:
        raise OnefoldError(
            f"The {position} reference, {reference.type}:…, names nothing that is published."
        )
    return [SourceRecord(*row) for row in rows]


@cache
def identifier_types() -> frozenset[str]:
    """Return the kinds of identifier that the seed lists."""
    with IDENTIFIER_TYPES.open(encoding="utf-8", newline="") as seed:
        return frozenset(row["identifier_type"] for row in csv.DictReader(seed))


def _normalised(identifier_type: str, value: str) -> str:
    if identifier_type == "email":
        return _as_mailbox(value.lower())
    if identifier_type == "phone":
        return _as_e164(value)
    return value


def _as_mailbox(address: str) -> str:
    """Do what the macro `normalised_email` does: no +tag, and at Gmail no dots."""
    local_part, _, domain = address.rpartition("@")
    local_part = local_part.partition("+")[0] or local_part
    if domain in {"gmail.com", "googlemail.com"}:
        return local_part.replace(".", "") + "@gmail.com"
    return f"{local_part}@{domain}" if local_part else address


def _as_e164(value: str) -> str:
    try:
        return phonenumbers.format_number(
            phonenumbers.parse(value, None), phonenumbers.PhoneNumberFormat.E164
        )
    except phonenumbers.NumberParseException:
        return value
