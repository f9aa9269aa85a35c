"""Match keys in the form of Yandex Audience."""

import json
from collections.abc import Sequence

from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.match_keys import canonical_email, canonical_phone, digest

MATCH_KINDS = ("email", "phone")
LATIN = range(0x21, 0x7F)
BOUNDARY = "onefold-segment-file"


def match_key(kind: str, value: str) -> str | None:
    """Return one line of a file as Yandex knows it: the digest in its column."""
    contact = _address(value) if kind == "email" else _number(value)
    return compact_json({kind: digest(contact)}).decode() if contact else None


def file(columns: str, operations: Sequence[Operation]) -> bytes:
    """Return the lines of a file, with a header that is the same for every file of the segment."""
    names = columns.split(",")
    members = [json.loads(operation.reference or "{}") for operation in operations]
    lines = [",".join(member.get(name, "") for name in names) for member in members]
    return "\n".join([columns, *lines, ""]).encode()


def upload(content: bytes) -> bytes:
    """Return a file as the body of a form; digests and commas hold no boundary."""
    head = (
        f"--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="file"; filename="segment.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def _address(value: str) -> str | None:
    """Return an address in Latin letters; Yandex knows no others."""
    address = canonical_email(value)
    return address if address and all(ord(letter) in LATIN for letter in address) else None


def _number(value: str) -> str | None:
    return (canonical_phone(value) or "").removeprefix("+") or None
