"""Connections on which an answer as a whole has its time, not each piece of it."""

import ssl
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import httpcore
import httpx


class TimedStream(httpcore.NetworkStream):
    """A connection; what is read after something was written is one answer.

    The timeout of httpx is for a single read, so that a header which comes letter by letter, or
    endless hints before the answer, would keep a sync for ever.
    """

    def __init__(self, stream: httpcore.NetworkStream, answer_seconds: float) -> None:
        self._stream = stream
        self._answer_seconds = answer_seconds
        self._due_at: float | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there of the answer.

        Raises:
            ReadTimeout: its time is over.
        """
        now = time.monotonic()
        if self._due_at is None:
            self._due_at = now + self._answer_seconds
        left = self._due_at - now
        if left <= 0:
            raise httpcore.ReadTimeout
        return self._stream.read(max_bytes, left if timeout is None else min(left, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write a piece of a request; its answer has all its time."""
        self._due_at = None
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Go on with TLS, and with the same time."""
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return TimedStream(secured, self._answer_seconds)

    def get_extra_info(self, info: str) -> object:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)


class TimedBackend(httpcore.SyncBackend):
    """The network, with answers that have their time."""

    def __init__(self, answer_seconds: float) -> None:
        self._answer_seconds = answer_seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host."""
        stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        return TimedStream(stream, self._answer_seconds)


class TimedTransport(httpx.HTTPTransport):
    """What a client of httpx sends with; TLS is verified, the environment not asked."""

    def __init__(self, answer_seconds: float, root_certificate: Path | None = None) -> None:
        context = _verifying(root_certificate)
        super().__init__(verify=context, trust_env=False)
        # httpx 0.28 has no public way to bring a network backend of httpcore.
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            # As httpx has it.
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            network_backend=TimedBackend(answer_seconds),
        )


@cache
def _verifying(root_certificate: Path | None) -> ssl.SSLContext:
    """Return what verifies TLS: to read the root certificates takes as long as many requests."""
    context = httpx.create_ssl_context(trust_env=False)
    if root_certificate:
        context.load_verify_locations(root_certificate)
    return context
