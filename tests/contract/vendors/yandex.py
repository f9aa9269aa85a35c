"""Yandex Audience on loopback."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import ClassVar

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.vendor import TOKEN, Vendor

SEGMENT = 4711
DIGEST = re.compile("[0-9a-f]{64}")


@dataclass
class Yandex(Vendor):
    """Takes one file at a time, and works on it for as long as it is looked at twice."""

    name: ClassVar[str] = "yandex"
    target: ClassVar = {"segment_id": SEGMENT}
    match_keys: ClassVar = ("email",)
    lines: set[str] = field(default_factory=set)
    statuses: list[str] = field(default_factory=list)
    last_status: str = "processed"
    is_listed: bool = True
    # What the next files come to; then all of them to the last status.
    ends: list[str] = field(default_factory=list)

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does."""
        if request.headers.get("authorization") != f"OAuth {TOKEN}":
            return json_reply({"errors": [{"error_type": "invalid_token"}], "code": 401}, 401)
        match request.method, request.path:
            case "GET", "/v1/management/segments":
                status = self.statuses.pop(0) if self.statuses else self.last_status
                listed = [_segment(status)] if self.is_listed else []
                return json_reply({"segments": [{"id": 1, "status": "x"}, *listed]})
            case "POST", path if path == f"/v1/management/segment/{SEGMENT}/modify_data":
                return self._modify(request)
        return json_reply({"errors": [{"error_type": "not_found"}], "code": 404}, 404)

    def members(self) -> set[str]:
        """Return the digests in the segment."""
        return self.lines

    def form(self, email: str) -> str:
        """Return the digest of an address."""
        return hashlib.sha256(email.encode()).hexdigest()

    def _modify(self, request: Request) -> Reply:
        header, *lines = _file(request).splitlines()
        if header != "phone,email" or request.query["check_size"] != "false":
            self.problems.append("another form of file, or a size check")
        cells = {cell for line in lines for cell in line.split(",") if cell}
        if len(cells) != len(lines) or not all(DIGEST.fullmatch(cell) for cell in cells):
            self.problems.append("a line that is no digest")
        if self.statuses:
            self.problems.append("a file while another one is worked on")
        if self.ends:
            self.last_status = self.ends.pop(0)
        change = request.query["modification_type"]
        if self.last_status != "processing_failed":
            self.lines = self.lines | cells if change == "addition" else self.lines - cells
        self.statuses = ["is_updated", "a_new_word"]
        return json_reply({"segment": _segment("is_updated")})


def _segment(status: str) -> dict[str, object]:
    return {"id": SEGMENT, "name": "people", "status": status}


def _file(request: Request) -> str:
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    _, part, end = request.body.split(b"--" + boundary)
    assert end == b"--\r\n"
    head, _, content = part.partition(b"\r\n\r\n")
    assert b'name="file"' in head
    return content.removesuffix(b"\r\n").decode()
