"""HubSpot on loopback."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.description import Description
from tests.contract.vendors.vendor import TOKEN, Vendor

LIST = "4711"
STAMP = "2026-01-01T00:00:00Z"
MAX_INPUTS = 100


@dataclass
class HubSpot(Vendor):
    """Gives every new address a record id; lists know nothing but record ids."""

    name: ClassVar[str] = "hubspot"
    target: ClassVar = {"list_id": LIST}
    specification: ClassVar = "hubspot-contacts.sdk-derived.json"
    records: dict[str, str] = field(default_factory=dict)
    properties: dict[str, dict[str, str]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    # Whether a refusal says which input it is about.
    names_traces: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        self.lists = Description("hubspot-lists.sdk-derived.json")

    def check(self, request: Request) -> None:
        """Hold a request against one of the two descriptions."""
        is_list = request.path.startswith("/crm/v3/lists")
        description = self.lists if is_list else self.description
        self.problems += description.problems(self.url, request)

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does."""
        self.check(request)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return json_reply({"category": "INVALID_AUTHENTICATION"}, 401)
        match request.method, request.path.strip("/").split("/")[2:]:
            case "POST", ["objects", "contacts", "batch", "upsert"]:
                return self._upsert(request.document["inputs"])
            case "POST", ["objects", "contacts", "batch", "read"]:
                ids = [self.records.get(each["id"]) for each in request.document["inputs"]]
                return self._batch([{"id": each, "properties": {}} for each in ids if each], [])
            case "PUT", ["lists", listed, "memberships", change] if listed == LIST:
                return self.change(change, request.document)
        return json_reply({"category": "OBJECT_NOT_FOUND"}, 404)

    def members(self) -> set[str]:
        """Return the addresses on the list."""
        return {address for address, record in self.records.items() if record in self.listed}

    def _upsert(self, inputs: list[dict[str, Any]]) -> Reply:
        if len(inputs) > MAX_INPUTS:
            return json_reply({"category": "VALIDATION_ERROR"}, 400)
        results, errors = [], []
        for each in inputs:
            address, trace = each["id"], each["objectWriteTraceId"]
            if reason := self.refused.get(address):
                context = {"objectWriteTraceId": [trace]} if self.names_traces else {}
                errors.append({"category": reason, "message": address, "context": context})
                continue
            record = self.records.setdefault(address, str(100 + len(self.records)))
            self.properties[record] = each["properties"]
            results.append({"id": record, "objectWriteTraceId": trace, "properties": {}})
        return self._batch(results, errors)

    def _batch(self, results: list[dict[str, Any]], errors: list[dict[str, Any]]) -> Reply:
        document: dict[str, Any] = {"status": "COMPLETE", "startedAt": STAMP, "completedAt": STAMP}
        document["results"] = results
        if errors:
            document |= {"errors": errors, "numErrors": len(errors)}
        return json_reply(document, 207 if errors else 200)

    def change(self, change: str, document: Any) -> Reply:
        """Change the list."""
        added = set(document["recordIdsToAdd"] if change == "add-and-remove" else ())
        removed = set(document if change == "remove" else document["recordIdsToRemove"])
        missing = added - set(self.records.values())
        self.listed = (self.listed | (added - missing)) - removed
        return json_reply(
            {
                "recordsIdsAdded": sorted(added - missing),
                "recordIdsRemoved": sorted(removed),
                "recordIdsMissing": sorted(missing),
            }
        )
