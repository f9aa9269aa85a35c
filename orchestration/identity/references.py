"""What a user means by `crm:C0012`, `email:x@y.z` or `person:p000000000001`."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb
import phonenumbers

from orchestration.errors import OnefoldError, UsageError
from orchestration.settings import PROJECT_DIR
from orchestration.statements import statement

Position = Literal["first", "second"]

# What a contact that cannot be read is named without.
QUOTES = " '\""

IDENTIFIER_TYPES = PROJECT_DIR / "seeds" / "identity" / "identifier_types.csv"


class UnreadableReferenceError(UsageError):
    """A text that is no reference."""

    def __init__(self) -> None:
        super().__init__(
            "A reference is written as source:record (crm:C0012), type:value (email:x@y.z) or "
            "person:id."
        )


class UnknownReferenceError(OnefoldError):
    """A reference that names nothing; which argument it was is told, its value may be personal."""

    def __init__(self, position: Position, reference_type: str) -> None:
        super().__init__(
            f"The {position} reference, {reference_type}:…, names nothing that is published."
        )
        self.position = position
        self.reference_type = reference_type


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
    # As an identifier may be published: with the +tag where it is a mailbox of its own, and a phone
    # number without a country as the number that it is in any.
    published_values: tuple[str, ...] = ()

    @property
    def published_ids(self) -> list[str]:
        """Return the values as links name them."""
        return [f"{self.type}:{value}" for value in self.published_values]

    @property
    def is_guessed(self) -> bool:
        """Whether it is a phone number whose country is not said."""
        return self.type == "phone" and not self.value.startswith(("+", "00"))


def parse_reference(text: str) -> Reference:
    """Read a reference.

    Raises:
        UnreadableReferenceError: it has no type before a colon, or nothing after it.
    """
    prefix, colon, rest = text.strip().partition(":")
    value = rest.strip()
    if not colon or not prefix or not value:
        raise UnreadableReferenceError
    if prefix == "person":
        return Reference("person", prefix, value)
    if prefix in identifier_types():
        return Reference("identifier", prefix, value, tuple(_published_values(prefix, value)))
    return Reference("record", prefix, value)


def find_records(
    connection: duckdb.DuckDBPyConnection, reference: Reference, position: Position
) -> list[SourceRecord]:
    """Return the published records that a reference means.

    Args:
        connection: The published file.
        reference: What to look for.
        position: Which argument it was, for the error.

    Raises:
        UnknownReferenceError: nothing published answers to it.
    """
    rows = connection.execute(
        statement(__package__, "find_ends"),
        {
            "kind": reference.kind,
            "type": reference.type,
            "value": reference.value,
            "published_values": list(reference.published_values),
            "published_ids": reference.published_ids,
        },
    ).fetchall()
    if not rows:
        raise UnknownReferenceError(position, reference.type)
    return [SourceRecord(*row) for row in rows]


@cache
def identifier_types() -> frozenset[str]:
    """Return the kinds of identifier that the seed lists."""
    with IDENTIFIER_TYPES.open(encoding="utf-8", newline="") as seed:
        return frozenset(row["identifier_type"] for row in csv.DictReader(seed))


def _published_values(identifier_type: str, value: str) -> set[str]:
    if identifier_type == "email":
        folded = value.lower()
        return {folded, _as_mailbox(folded), folded.strip(QUOTES)}
    if identifier_type == "phone":
        return {*_numbers(value), _as_typed(value)}
    return {value}


def _as_mailbox(address: str) -> str:
    """Do what the macro `normalised_email` does: no +tag, and at Gmail no dots."""
    local_part, _, domain = address.rpartition("@")
    local_part = local_part.partition("+")[0] or local_part
    if domain in {"gmail.com", "googlemail.com"}:
        return local_part.replace(".", "") + "@gmail.com"
    return f"{local_part}@{domain}" if local_part else address


def _as_typed(value: str) -> str:
    """Do what `int_identity__unreadable_contacts` does with a number that is none."""
    folded = value.lower().strip(QUOTES)
    return re.sub(r"[-\s()./]", "", folded) if re.search(r"\d", folded) else folded


def _numbers(value: str) -> set[str]:
    """Return the numbers that may be meant, in E.164 form; of any country where none is said."""
    digits = "".join(character for character in value if character.isdecimal())
    written_out = f"+{digits.removeprefix('00')}"
    if value.startswith(("+", "00")):
        return {written_out, _number(written_out) or written_out}
    regions = phonenumbers.SUPPORTED_REGIONS
    guessed = [_number(written_out), *(_number(value, region) for region in regions)]
    return {number for number in guessed if number}


def _number(value: str, region: str | None = None) -> str | None:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None
    is_number = phonenumbers.is_valid_number(number)
    form = phonenumbers.PhoneNumberFormat.E164
    return phonenumbers.format_number(number, form) if is_number else None
