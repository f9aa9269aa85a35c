"""Match keys in the form of Meta."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from orchestration.activation.destinations.http import compact_json, without_blanks
from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.match_keys import (
    canonical_country,
    canonical_email,
    canonical_name,
    canonical_phone,
    canonical_text,
    digest,
    squeezed,
)

MATCH_KINDS = ("email", "phone", "address")
# Without these an address would fit strangers.
NEEDED_OF_ADDRESS = {"FN", "LN", "ZIP", "COUNTRY"}
US_ZIP_LENGTH = 5
SESSION_BITS = 62


def match_key(kind: str, value: str) -> str | None:
    """Return one member as Meta knows it: digests by the names of its columns."""
    match kind:
        case "email":
            member = {"EMAIL": digest(canonical_email(value))}
        case "phone":
            member = {"PHONE": digest((canonical_phone(value) or "").removeprefix("+"))}
        case _:
            member = _address(json.loads(value))
    known = without_blanks(member)
    return compact_json(known).decode() if known else None


def form(operations: Sequence[Operation]) -> bytes:
    """Return members as a table with a column for every key that one of them has."""
    members = [json.loads(operation.reference or "{}") for operation in operations]
    columns = sorted({column for member in members for column in member})
    rows = [[member.get(column, "") for column in columns] for member in members]
    return compact_json({"schema": columns, "data": rows})


def upload(idempotency_key: str, payload: bytes, member_count: int) -> bytes:
    """Return the form of a request: each batch is a session that is complete with it."""
    session = {
        "session_id": int(idempotency_key, 16) >> (4 * len(idempotency_key) - SESSION_BITS),
        "batch_seq": 1,
        "last_batch_flag": True,
        "estimated_num_total": member_count,
    }
    return urlencode({"payload": payload, "session": compact_json(session)}).encode()


def _address(row: dict[str, Any]) -> dict[str, str | None]:
    country = canonical_country(row.get("country"))
    address = {
        "FN": digest(canonical_name(row.get("first_name"))),
        "LN": digest(canonical_name(row.get("last_name"))),
        "ZIP": digest(_zip(row.get("postcode"), country)),
        "CT": digest(squeezed(row.get("city"))),
        "COUNTRY": digest(country.lower() if country else None),
    }
    is_complete = all(address[column] for column in NEEDED_OF_ADDRESS)
    return address if is_complete else {}


def _zip(postcode: str | None, country: str | None) -> str:
    text = canonical_text(postcode).lower().replace(" ", "")
    return text.split("-", maxsplit=1)[0][:US_ZIP_LENGTH] if country == "US" else text
