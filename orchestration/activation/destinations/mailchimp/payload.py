"""Operations in the form of Mailchimp."""

import hashlib
from typing import Any

from orchestration.activation.destinations.mailchimp.settings import Target
from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.match_keys import canonical_email

# Columns whose merge field has another name; any other has that of the column in capitals.
MERGE_FIELDS = {"first_name": "FNAME", "last_name": "LNAME"}


def address(operation: Operation) -> str | None:
    """Return the address of whom an operation is about, as far as it is known."""
    row = operation.fields or operation.last_row
    return canonical_email(row.get("email"))


def subscriber(email: str) -> str:
    """Return what Mailchimp calls the member with an address; no secret, and meant as none."""
    return hashlib.md5(email.encode(), usedforsecurity=False).hexdigest()


def member(target: Target, operation: Operation) -> dict[str, Any]:
    """Return a member; without a status of its own, which would undo an unsubscription.

    A blank clears what is there, perhaps of whoever had the address before; left out or null, the
    field would stay as it is.
    """
    fields = {
        MERGE_FIELDS.get(name, name.upper()): "" if value is None else value
        for name, value in operation.fields.items()
        if name != "email"
    }
    return {
        "email_address": address(operation),
        "status_if_new": target.status_if_new,
        "merge_fields": fields,
    }


def tagging(target: Target, *, is_on: bool) -> dict[str, Any]:
    """Return the change of the tag."""
    return {"tags": [{"name": target.tag, "status": "active" if is_on else "inactive"}]}
