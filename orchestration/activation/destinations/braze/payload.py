"""Operations in the form of Braze."""

from collections.abc import Sequence
from typing import Any

from orchestration.activation.destinations.braze.settings import Target
from orchestration.activation.destinations.protocol import Operation

# Columns whose attribute of Braze has another name; any other is a custom attribute.
ATTRIBUTES = {"city": "home_city", "birth_date": "dob", "sex": "gender"}


def track(target: Target, operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document that changes users; only what can be repeated is in it."""
    return {"attributes": [_attributes(target, operation) for operation in operations]}


def _attributes(target: Target, operation: Operation) -> dict[str, Any]:
    user: dict[str, Any] = {"external_id": operation.key}
    if operation.op == "remove":
        # Nobody is made only to be taken out of an audience.
        change = {target.attribute: {"remove": [target.audience]}, "_update_existing_only": True}
        return user | change

    fields = {ATTRIBUTES.get(name, name): value for name, value in operation.fields.items()}
    change = {target.attribute: {"add": [target.audience]}}
    if not target.creates_users or operation.mode == "update":
        change["_update_existing_only"] = True
    return user | fields | change
