"""Match keys in the form of Google."""

import json
from collections.abc import Sequence
from typing import Any

from orchestration.activation.destinations.google.settings import Target
from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.match_keys import (
    canonical_country,
    canonical_email,
    canonical_name,
    canonical_phone,
    canonical_text,
    digest,
)

MATCH_KINDS = ("email", "phone", "address")
# Only here do dots and +tags mean nothing.
GMAIL_DOMAINS = {"gmail.com", "googlemail.com"}
# Whoever is sent has agreed to the purpose of the sync; the gate before the batch saw to it.
CONSENT = {"adUserData": "CONSENT_GRANTED", "adPersonalization": "CONSENT_GRANTED"}


def match_key(kind: str, value: str) -> str | None:
    """Return one member as Google knows it: a user identifier."""
    match kind:
        case "email":
            identifier: dict[str, Any] = {"emailAddress": digest(_mailbox(value))}
        case "phone":
            identifier = {"phoneNumber": digest(canonical_phone(value))}
        case _:
            identifier = {"address": _address(json.loads(value))}
    return compact_json(identifier).decode() if all(identifier.values()) else None


def document(target: Target, operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the request that puts members in or takes them out."""
    request: dict[str, Any] = {
        "destinations": [_destination(target)],
        "audienceMembers": [
            {"userData": {"userIdentifiers": [json.loads(operation.reference or "{}")]}}
            for operation in operations
        ],
        "encoding": "HEX",
    }
    if operations[0].op == "upsert":
        request["consent"] = CONSENT
        request["termsOfService"] = {"customerMatchTermsOfServiceStatus": "ACCEPTED"}
    return request


def _destination(target: Target) -> dict[str, Any]:
    account = {"accountType": target.account_type, "accountId": target.account_id}
    destination: dict[str, Any] = {
        "operatingAccount": account,
        "productDestinationId": target.list_id,
    }
    if target.login_account_id:
        destination["loginAccount"] = account | {"accountId": target.login_account_id}
    return destination


def _mailbox(address: str) -> str | None:
    canonical = canonical_email(address)
    local_part, _, domain = (canonical or "").rpartition("@")
    if domain not in GMAIL_DOMAINS:
        return canonical
    mailbox = local_part.split("+", maxsplit=1)[0].replace(".", "")
    return f"{mailbox}@{domain}" if mailbox else None


def _address(row: dict[str, Any]) -> dict[str, str] | None:
    """Return a name at a place; the place is not hashed at Google."""
    address = {
        "givenName": digest(canonical_name(row.get("first_name"))),
        "familyName": digest(canonical_name(row.get("last_name"))),
        "regionCode": canonical_country(row.get("country")),
        "postalCode": canonical_text(row.get("postcode")),
    }
    known = {name: part for name, part in address.items() if part}
    return known if len(known) == len(address) else None
