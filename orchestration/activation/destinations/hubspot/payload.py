"""Operations in the form of HubSpot."""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.activation.destinations.protocol import Operation

# Columns whose property has another name; every other column is a property of its own name.
PROPERTIES = {
    "first_name": "firstname",
    "last_name": "lastname",
    "region": "state",
    "postcode": "zip",
}


def has_address(operation: Operation) -> bool:
    """Return whether HubSpot could tell whom an upsert is about."""
    return bool(operation.fields.get("email"))


def upsert(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document that makes or changes contacts.

    The place of an operation is its trace, by which HubSpot tells what became of it.
    """
    return {
        "inputs": [
            {
                "id": operation.fields["email"],
                "idProperty": "email",
                "objectWriteTraceId": str(place),
                "properties": _properties(operation.fields),
            }
            for place, operation in enumerate(operations)
            if has_address(operation)
        ]
    }


def lookup(addresses: Sequence[str]) -> dict[str, Any]:
    """Return the document that asks for contacts by their addresses."""
    return {
        "idProperty": "email",
        "inputs": [{"id": address} for address in addresses],
        "properties": ["email"],
        "propertiesWithHistory": [],
    }


def _properties(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the values as text, which all of HubSpot's are; a blank clears."""
    return {PROPERTIES.get(name, name): _text(value) for name, value in fields.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
