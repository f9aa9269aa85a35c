"""Operations in the form of Klaviyo."""

from collections.abc import Sequence
from typing import Any

from orchestration.activation.destinations.http import without_blanks
from orchestration.activation.destinations.protocol import Operation

# Columns that a profile has a place for; every other one becomes a property of the profile.
ATTRIBUTES = {
    "email": "email",
    "phone": "phone_number",
    "first_name": "first_name",
    "last_name": "last_name",
}
LOCATION = {"city": "city", "region": "region", "country": "country", "postcode": "zip"}


def import_job(list_id: str, operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document that imports profiles and puts them on the list."""
    return {
        "data": {
            "type": "profile-bulk-import-job",
            "attributes": {"profiles": {"data": [_profile(each) for each in operations]}},
            "relationships": {"lists": {"data": [{"type": "list", "id": list_id}]}},
        }
    }


def members(profile_ids: Sequence[str]) -> dict[str, Any]:
    """Return the document that names profiles of a list."""
    return {"data": [{"type": "profile", "id": profile_id} for profile_id in profile_ids]}


def _profile(operation: Operation) -> dict[str, Any]:
    fields = operation.fields
    attributes: dict[str, Any] = {"external_id": operation.key}
    attributes |= _renamed(fields, ATTRIBUTES)
    # A blank clears what an earlier run put there; an identifier cannot be cleared.
    attributes |= {name: fields[name] for name in ("first_name", "last_name") if name in fields}
    if location := _renamed(fields, LOCATION):
        attributes["location"] = location
    places = ATTRIBUTES | LOCATION
    if properties := {name: value for name, value in fields.items() if name not in places}:
        attributes["properties"] = properties
    return {"type": "profile", "attributes": attributes}


def _renamed(fields: Any, names: dict[str, str]) -> dict[str, Any]:  # noqa: ANN401 - any row
    return without_blanks({new: fields.get(old) for old, new in names.items()})
