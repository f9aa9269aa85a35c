"""Mailchimp on loopback."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.vendor import TOKEN, Vendor

LIST, TAG = "a1b2c3", "lapsed"


@dataclass
class Mailchimp(Vendor):
    """Knows members by the digest of their address, and keeps their status."""

    name: ClassVar[str] = "mailchimp"
    target: ClassVar = {"list_id": LIST, "tag": TAG}
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    tagged: set[str] = field(default_factory=set)
    # Addresses that are known, and get no tag.
    untaggable: set[str] = field(default_factory=set)

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does."""
        key = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if key != f"onefold:{TOKEN}":
            return json_reply({"title": "API Key Invalid"}, 401)
        match request.method, request.path.strip("/").split("/"):
            case "PUT", ["lists", listed, "members", hashed] if listed == LIST:
                return self._put(hashed, request.document)
            case "DELETE", ["lists", listed, "members", hashed] if listed == LIST:
                return self._archive(hashed)
            case "POST", ["lists", listed, "members", hashed, "tags"] if listed == LIST:
                return self._tag(hashed, request.document["tags"])
        return json_reply({"title": "Resource Not Found"}, 404)

    def members(self) -> set[str]:
        """Return the addresses with the tag."""
        return {self.people[hashed]["email_address"] for hashed in self.tagged}

    def _put(self, hashed: str, document: dict[str, Any]) -> Reply:
        address = document["email_address"]
        if hashlib.md5(address.lower().encode()).hexdigest() != hashed:  # noqa: S324
            self.problems.append("a digest of another address")
        if "status" in document:
            self.problems.append("a status, which would undo an unsubscription")
        if reason := self.refused.get(address):
            return json_reply({"title": reason, "detail": f"{address} is bad"}, 400)
        new = {"status": document["status_if_new"], "merge_fields": {}}
        known = self.people.setdefault(hashed, new)
        known["email_address"] = address
        # A field that is not named stays as it is.
        known["merge_fields"] |= document["merge_fields"]
        return json_reply({"id": hashed, **known})

    def _archive(self, hashed: str) -> Reply:
        if hashed not in self.people:
            return json_reply({"title": "Resource Not Found"}, 404)
        self.people.pop(hashed)
        self.tagged.discard(hashed)
        return Reply(204)

    def _tag(self, hashed: str, tags: list[dict[str, str]]) -> Reply:
        if hashed not in self.people:
            return json_reply({"title": "Resource Not Found"}, 404)
        ((name, status),) = [(each["name"], each["status"]) for each in tags]
        if status == "active" and self.people[hashed]["email_address"] in self.untaggable:
            return json_reply({"title": "Invalid Resource"}, 400)
        if name == TAG:
            (self.tagged.add if status == "active" else self.tagged.discard)(hashed)
        return Reply(204)
