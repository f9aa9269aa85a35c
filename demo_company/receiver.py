"""A made-up vendor on loopback: it verifies, stores, refuses and throttles as a real one would."""

import base64
import hashlib
import hmac
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from demo_company.loopback import put_loopback_up

# One batch in this many is throttled the first time it comes.
THROTTLE_EVERY = 7
# One key in this many is refused, always the same ones.
REFUSE_EVERY = 60
MAX_BODY_BYTES = 8 * 1024 * 1024

TABLES = """
create table if not exists members (
    sync text, key text, fields text, primary key (sync, key)
);
create table if not exists batches (
    batch_id text primary key, sync text, status integer, answer text
);
create table if not exists requests (
    number integer primary key, batch_id text, status integer
);
"""


class Receiver:
    """A webhook endpoint that keeps the members of each sync in SQLite.

    It is idempotent: a batch that it answered before gets the same answer and changes nothing.
    """

    def __init__(
        self,
        folder: Path,
        secret: str,
        *,
        port: int = 0,
        throttle_every: int = THROTTLE_EVERY,
        refuse_every: int = REFUSE_EVERY,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "receiver.sqlite"
        self._secret = secret
        self._throttle_every = throttle_every
        self._refuse_every = refuse_every
        self._lock = threading.Lock()
        with self._database() as database:
            database.executescript(TABLES)
        put_loopback_up()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self) -> str:
        """Host and port, as they are to be listed in ONEFOLD_ALLOW_HOSTS."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        """Address that takes the batches."""
        return f"http://{self.host}/batches"

    def members(self, sync: str) -> dict[str, dict[str, Any]]:
        """Return the fields of every member of a sync, by key."""
        with self._database() as database:
            rows = database.execute("select key, fields from members where sync = ?", (sync,))
            return {key: json.loads(fields) for key, fields in rows}

    def answer(self, headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        """Return status and document for one request."""
        with self._lock, self._database() as database:
            status, document = self._judge(database, headers, body)
            database.execute(
                "insert into requests (batch_id, status) values (?, ?)",
                (headers.get("webhook-id"), status),
            )
        return status, document

    def _judge(
        self, database: sqlite3.Connection, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, Any]]:
        batch_id = headers.get("webhook-id") or ""
        if not batch_id or not self._is_signed(headers, body):
            return 401, {"error": "bad_signature"}

        known = database.execute(
            "select status, answer from batches where batch_id = ?", (batch_id,)
        ).fetchone()
        if known:
            return int(known[0]), json.loads(known[1])
        if self._is_throttled(database, batch_id):
            return 429, {"error": "slow_down"}

        try:
            document = json.loads(body)
            status, answer = self._apply(database, document["sync"], document["operations"])
        except (KeyError, TypeError, ValueError):
            return 400, {"error": "unreadable_body"}
        database.execute(
            "insert into batches values (?, ?, ?, ?)",
            (batch_id, document["sync"], status, json.dumps(answer)),
        )
        return status, answer

    def _apply(
        self, database: sqlite3.Connection, sync: str, operations: list[dict[str, Any]]
    ) -> tuple[int, dict[str, Any]]:
        rejected = []
        for operation in operations:
            key = operation["key"]
            if operation["op"] == "remove":
                database.execute("delete from members where sync = ? and key = ?", (sync, key))
            elif self._is_one_in(self._refuse_every, key):
                rejected.append({"key": key, "reason": "unknown_domain"})
            else:
                database.execute(
                    "insert or replace into members values (?, ?, ?)",
                    (sync, key, json.dumps(operation["fields"], ensure_ascii=False)),
                )
        return (207 if rejected else 200), {"rejected": rejected}

    def _is_throttled(self, database: sqlite3.Connection, batch_id: str) -> bool:
        (count,) = database.execute(
            "select count(*) from requests where batch_id = ?", (batch_id,)
        ).fetchone()
        return count == 0 and self._is_one_in(self._throttle_every, batch_id)

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        signed = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode()
        digest = hmac.digest(_key(self._secret), signed + body, "sha256")
        expected = "v1," + base64.b64encode(digest).decode()
        given = (headers.get("webhook-signature") or "").split()
        return any(hmac.compare_digest(expected, each) for each in given)

    @staticmethod
    def _is_one_in(many: int, text: str) -> bool:
        if many <= 0:
            return False
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % many == 0

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path)) as database, database:
            yield database

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Else the body of an answer waits 40 ms for somebody to acknowledge its headers.
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                if length > MAX_BODY_BYTES:
                    self._reply(413, {"error": "too_large"})
                    self.close_connection = True
                    return
                body = self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                self._reply(*receiver.answer(headers, body))

            def _reply(self, status: int, document: dict[str, Any]) -> None:
                body = json.dumps(document).encode()
                self.send_response(status)
                if status == 429:  # noqa: PLR2004 - too many requests
                    self.send_header("retry-after", "1")
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited
                """Say nothing: bodies and addresses have no place on the screen."""

        return Handler


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        return base64.b64decode(secret.removeprefix("whsec_"))
    return secret.encode()
