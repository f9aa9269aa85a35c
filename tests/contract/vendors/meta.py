"""Meta on loopback."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qs

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.vendor import TOKEN, Vendor

AUDIENCE = "120330000000000"
COLUMNS = {"EMAIL", "PHONE", "FN", "LN", "ZIP", "CT", "COUNTRY"}
NOTHING = hashlib.sha256(b"").hexdigest()
MAX_SESSION_ID = 2**63


@dataclass
class Meta(Vendor):
    """Takes digests in and out, and tells nothing but counts."""

    name: ClassVar[str] = "meta"
    target: ClassVar = {"audience_id": AUDIENCE}
    match_keys: ClassVar = ("email",)
    rows: set[tuple[tuple[str, str], ...]] = field(default_factory=set)

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does: every failure is a 400."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _failure(190)
        if request.path != f"/{AUDIENCE}/users":
            return _failure(100, 33)
        form = {name: value for name, (value,) in parse_qs(request.body.decode()).items()}
        session, payload = json.loads(form["session"]), json.loads(form["payload"])
        rows = self._rows(payload)
        self._check(session, payload)
        refused = {self.form(address) for address in self.refused}
        invalid = {row for row in rows if dict(row).get("EMAIL") in refused}
        if request.method == "DELETE":
            self.rows -= rows
        else:
            self.rows |= rows - invalid
        counts = {"num_received": len(rows), "num_invalid_entries": len(invalid)}
        return json_reply({"audience_id": AUDIENCE, "session_id": "1", **counts})

    def members(self) -> set[str]:
        """Return the digests of addresses; whoever has another key counts as it is."""
        return {dict(row).get("EMAIL", str(row)) for row in self.rows}

    def form(self, email: str) -> str:
        """Return the digest of an address."""
        return hashlib.sha256(email.encode()).hexdigest()

    @staticmethod
    def _rows(payload: dict[str, Any]) -> set[tuple[tuple[str, str], ...]]:
        return {
            tuple(
                (name, value) for name, value in zip(payload["schema"], row, strict=True) if value
            )
            for row in payload["data"]
        }

    def _check(self, session: dict[str, Any], payload: dict[str, Any]) -> None:
        if not 0 < session["session_id"] < MAX_SESSION_ID or session["batch_seq"] != 1:
            self.problems.append("a session out of bounds")
        if not session["last_batch_flag"]:
            self.problems.append("a session without an end")
        if not set(payload["schema"]) <= COLUMNS:
            self.problems.append("an unknown column")
        for value in (value for row in payload["data"] for value in row if value):
            if not re.fullmatch("[0-9a-f]{64}", value) or value == NOTHING:
                self.problems.append("a value that is no digest, or one of nothing")


def _failure(code: int, subcode: int | None = None) -> Reply:
    error = {"message": "quoting anna@example.com", "code": code, "error_subcode": subcode}
    return json_reply({"error": error}, 400)
