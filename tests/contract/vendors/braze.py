"""Braze on loopback."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.vendor import TOKEN, Vendor

AUDIENCE = "lapsed"
MAX_OBJECTS = 75


@dataclass
class Braze(Vendor):
    """Says success also where it refuses."""

    name: ClassVar[str] = "braze"
    target: ClassVar = {"audience": AUDIENCE}
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Whether a refusal tells the place, or is a sentence.
    names_places: bool = True

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return json_reply({"message": "Invalid API Key"}, 401)
        if (request.method, request.path) != ("POST", "/users/track"):
            return json_reply({"message": "not found"}, 404)
        objects = request.document["attributes"]
        if len(objects) > MAX_OBJECTS:
            self.problems.append("too many objects")
        errors = [
            error for place, each in enumerate(objects) if (error := self._apply(place, each))
        ]
        document: dict[str, Any] = {
            "message": "success",
            "attributes_processed": len(objects) - len(errors),
        }
        return json_reply(document | ({"errors": errors} if errors else {}), 201)

    def members(self) -> set[str]:
        """Return the addresses of whoever has the audience in the list."""
        return {
            user["email"] for user in self.users.values() if AUDIENCE in user["onefold_audiences"]
        }

    def _apply(self, place: int, attributes: dict[str, Any]) -> object:
        key, change = attributes["external_id"], attributes["onefold_audiences"]
        if reason := self.refused.get(attributes.get("email", "")):
            sentence = f"{reason}: '{attributes['email']}' is not valid at index {place}"
            named = {"type": sentence, "input_array": "attributes", "index": place}
            return named if self.names_places else sentence
        if key not in self.users and attributes.get("_update_existing_only"):
            return None
        user = self.users.setdefault(key, {"onefold_audiences": set(), "email": None})
        user["onefold_audiences"] |= set(change.get("add", ()))
        user["onefold_audiences"] -= set(change.get("remove", ()))
        user["email"] = attributes.get("email", user["email"])
        return None
