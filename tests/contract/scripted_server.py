"""A webhook receiver on loopback that plays faults from a script, and keeps real state."""

from dataclasses import dataclass, field
from typing import Any

from tests.contract.loopback import Fault, LoopbackServer, Reply, Request, json_reply


@dataclass
class ScriptedServer(LoopbackServer):
    """Knows batches again by their ids, and members by their keys."""

    refused: dict[str, str] = field(default_factory=dict)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    applied: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    @property
    def batch_ids(self) -> list[str]:
        """Return the ids of all requests, in order."""
        return [request.headers["webhook-id"] for request in self.requests]

    def reply(self, request: Request) -> Reply:
        """Apply a batch unless it was applied before."""
        batch_id = request.headers["webhook-id"]
        if batch_id not in self.applied:
            self.applied[batch_id] = self._apply(request.document["operations"])
        rejected = self.applied[batch_id]
        return json_reply({"rejected": rejected}, 207 if rejected else 200)

    def _apply(self, operations: list[dict[str, Any]]) -> list[dict[str, str]]:
        for operation in operations:
            if operation["op"] == "remove":
                self.members.pop(operation["key"], None)
            elif operation["key"] not in self.refused:
                self.members[operation["key"]] = operation["fields"]
        return [
            {"key": operation["key"], "reason": self.refused[operation["key"]]}
            for operation in operations
            if operation["op"] == "upsert" and operation["key"] in self.refused
        ]


def too_large(limit: int) -> Fault:
    """Refuse batches of more rows."""
    return lambda exchange: (
        len(exchange.request.document["operations"]) > limit and exchange.answer(413)
    )


def poisoned(key: str) -> Fault:
    """Refuse a whole batch for the sake of one row."""
    return lambda exchange: (
        any(operation["key"] == key for operation in exchange.request.document["operations"])
        and exchange.answer(422, b'{"error": "row"}')
    )
