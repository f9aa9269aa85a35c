"""A server on loopback that plays faults from a script, and keeps real state."""

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

# A fault answers a request itself, before or after the work is done, or not at all.
Fault = Callable[["Exchange"], bool]


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def document(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What goes out."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def json_reply(document: object, status: int = 200) -> Reply:
    """Return a document as a reply."""
    return Reply(status, json.dumps(document).encode(), {"content-type": "application/json"})


@dataclass
class Exchange:
    """One request, and the means to answer it."""

    server: "LoopbackServer"
    handler: BaseHTTPRequestHandler
    request: Request

    def apply(self) -> Reply:
        """Do the work; return the answer that is due."""
        with self.server.lock:
            return self.server.reply(self.request)

    def send(self, reply: Reply) -> bool:
        """Send an answer."""
        handler = self.handler
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body)
        return True

    def answer(self, status: int, body: bytes = b"", **headers: str) -> bool:
        """Send an answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(Reply(status, body, named))

    def reset(self) -> bool:
        """Cut the connection without an answer."""
        connection = self.handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        self.handler.close_connection = True
        return True


@dataclass
class LoopbackServer:
    """Plays one fault per request, in order; then answers as it should."""

    # None is no fault: the request is served.
    faults: list[Fault | None] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    # What the server would have complained of, had it been the vendor's own.
    problems: list[str] = field(default_factory=list)
    # Plain where it is none.
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        self.lock = threading.Lock()
        self.is_stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if self.tls:
            # Shaken hands on by the thread of the connection, which may take its time.
            self._server.socket = self.tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
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
    def url(self) -> str:
        """Address."""
        return f"http://{self.host}"

    def reply(self, request: Request) -> Reply:
        """Do what a request asks for."""
        raise NotImplementedError

    def serve(self, exchange: Exchange) -> None:
        """Play the next fault, or do what is asked for."""
        self.requests.append(exchange.request)
        fault = self.faults.pop(0) if self.faults else None
        if not (fault and fault(exchange)):
            exchange.send(exchange.apply())


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


def cut_off(*, is_reset: bool, framing: str) -> Fault:
    """Do the work, and break off in the middle of the answer.

    Args:
        is_reset: Whether the connection is reset, or closed as if all were said.
        framing: How the end of the answer could be told: `length`, `chunks`, or `close` for none.
    """

    def fault(exchange: Exchange) -> bool:
        reply, handler = exchange.apply(), exchange.handler
        # An empty answer has no middle: it breaks off in its headers.
        half = reply.body[: len(reply.body) // 2]
        handler.send_response(reply.status)
        if framing == "length":
            handler.send_header("content-length", str(len(reply.body)))
        elif framing == "chunks":
            handler.send_header("transfer-encoding", "chunked")
            half = f"{len(reply.body):x}\r\n".encode() + half
        if reply.body:
            handler.send_header("content-type", "application/json")
            handler.end_headers()
        handler.flush_headers()
        handler.wfile.write(half if reply.body else b"")
        handler.close_connection = True
        return exchange.reset() if is_reset else True

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


def endless(start: bytes, piece: bytes) -> Fault:
    """Do the work, and begin an answer of which piece after piece follows and never the end."""

    def fault(exchange: Exchange) -> bool:
        exchange.apply()
        exchange.handler.close_connection = True
        try:
            exchange.handler.wfile.write(start)
            while not exchange.server.is_stopping.wait(0.05):
                exchange.handler.wfile.write(piece)
        except OSError:
            return True
        return True

    return fault


def _handler(server: LoopbackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Else the body of an answer waits 40 ms for somebody to acknowledge its headers.
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            content = self.rfile.read(length)
            if len(content) < length:
                # Whoever sent it died over it.
                self.close_connection = True
                return
            request = Request(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                content,
                time.monotonic(),
            )
            server.serve(Exchange(server, self, request))

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - inherited

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
