"""A webhook receiver on loopback that plays faults from a script, and keeps real state."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

# A fault answers a request itself, before or after the batch is applied, or not at all.
Fault = Callable[["Exchange"], bool]


@dataclass
class Exchange:
    """One request, and the means to answer it."""

    server: "ScriptedServer"
    handler: BaseHTTPRequestHandler
    batch_id: str
    operations: list[dict[str, Any]]

    def apply(self) -> list[dict[str, str]]:
        """Apply the batch, once for each id; return what was refused."""
        return self.server.apply(self.batch_id, self.operations)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> bool:
        """Send an answer."""
        handler = self.handler
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return True

    def reset(self) -> bool:
        """Cut the connection without an answer."""
        connection = self.handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        self.handler.close_connection = True
        return True


@dataclass
class ScriptedServer:
    """Plays one fault per request, in order; then answers as it should."""

    faults: list[Fault] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    applied: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    requests: list[tuple[float, str, int]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.is_stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.is_stopping.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def batch_ids(self) -> list[str]:
        """Return the ids of all requests, in order."""
        return [batch_id for _, batch_id, _ in self.requests]

    def apply(self, batch_id: str, operations: list[dict[str, Any]]) -> list[dict[str, str]]:
        """Apply a batch unless it was applied before."""
        if batch_id not in self.applied:
            self.applied[batch_id] = [
                {"key": operation["key"], "reason": self.refused[operation["key"]]}
                for operation in operations
                if operation["op"] == "upsert" and operation["key"] in self.refused
            ]
            for operation in operations:
                if operation["op"] == "remove":
                    self.members.pop(operation["key"], None)
                elif operation["key"] not in self.refused:
                    self.members[operation["key"]] = operation["fields"]
        return self.applied[batch_id]


def status(code: int, *, applied: bool = False, **headers: str) -> Fault:
    """Answer with a status, with or without doing the work."""

    def fault(exchange: Exchange) -> bool:
        if applied:
            exchange.apply()
        return exchange.answer(code, b"{}", **headers)

    return fault


def retry_date(code: int, seconds: int) -> Fault:
    """Answer with a date to come back at."""
    return lambda exchange: exchange.answer(
        code, retry_after=formatdate(time.time() + seconds, usegmt=True)
    )


def body(code: int, content: bytes, *, applied: bool = True) -> Fault:
    """Do the work, and answer with these bytes."""

    def fault(exchange: Exchange) -> bool:
        if applied:
            exchange.apply()
        return exchange.answer(code, content, content_type="application/json")

    return fault


def silence(*, applied: bool) -> Fault:
    """Take the request and never answer."""

    def fault(exchange: Exchange) -> bool:
        if applied:
            exchange.apply()
        exchange.server.is_stopping.wait(5)
        return exchange.reset()

    return fault


def reset(*, applied: bool) -> Fault:
    """Cut the connection, before or after the work is done."""

    def fault(exchange: Exchange) -> bool:
        if applied:
            exchange.apply()
        return exchange.reset()

    return fault


def drip(exchange: Exchange) -> bool:
    """Answer byte by byte, so that no single wait is long."""
    exchange.apply()
    exchange.handler.send_response(200)
    exchange.handler.send_header("content-length", "1000")
    exchange.handler.end_headers()
    while not exchange.server.is_stopping.wait(0.05):
        try:
            exchange.handler.wfile.write(b" ")
        except OSError:
            return True
    return True


def too_large(limit: int) -> Fault:
    """Refuse batches of more rows."""
    return lambda exchange: len(exchange.operations) > limit and exchange.answer(413)


def poisoned(key: str) -> Fault:
    """Refuse a whole batch for the sake of one row."""
    return lambda exchange: (
        any(operation["key"] == key for operation in exchange.operations)
        and exchange.answer(422, b'{"error": "row"}')
    )


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            batch_id = self.headers["webhook-id"]
            operations = json.loads(content)["operations"]
            server.requests.append((time.monotonic(), batch_id, len(operations)))
            exchange = Exchange(server, self, batch_id, operations)
            if server.faults and server.faults.pop(0)(exchange):
                return
            rejected = exchange.apply()
            exchange.answer(
                207 if rejected else 200,
                json.dumps({"rejected": rejected}).encode(),
                content_type="application/json",
            )

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
