"""HTTP to addresses that users configured: never into the private network by accident."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from ssl import SSLCertVerificationError
from urllib.parse import SplitResult, urlsplit

import httpx

from orchestration import __version__
from orchestration.activation.addresses import Addresses, NotSentError
from orchestration.activation.budgets import (
    LONGEST_PAUSE_SECONDS,
    OWN_PACE,
    TOLD_TO_WAIT,
    RequestBudget,
)
from orchestration.activation.timed_connections import TimedTransport
from orchestration.errors import UsageError

CONNECT_SECONDS = 10.0
# Said before anything was done; after a 5xx something may have been.
UNTOUCHED_STATUSES = {408, 421, 423, 425, 429}
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
DEFAULT_PORTS = {"http": 80, "https": 443}
# Others count the seconds that are left in the same header; those are no moment.
EPOCH_SECONDS = re.compile(r"[1-9][0-9]{9}")

# At its usual level httpx logs every address, and an address may carry a token.
logging.getLogger("httpx").setLevel(logging.WARNING)


class UnansweredError(Exception):
    """The request may have arrived, and no usable answer came back."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """A complete answer; `retry_after` in seconds, however it was written."""

    status: int
    body: bytes
    retry_after: float | None
    headers: Mapping[str, str] = field(default_factory=dict)


class OutboundClient:
    """Posts to public addresses over TLS, and to those that the operator listed.

    A name is resolved once per request; every address it has must be public, and the request
    goes to the very address that was checked. Redirects are not followed, proxies of the
    environment not used: both would lead elsewhere.
    """

    def __init__(
        self,
        *,
        allow_hosts: str,
        timeout_seconds: float,
        max_answer_bytes: int,
        budget: RequestBudget | None = None,
        root_certificate: Path | None = None,
    ) -> None:
        self._addresses = Addresses(allow_hosts)
        self._budget = budget
        self._max_answer_bytes = max_answer_bytes
        self._client = httpx.Client(
            transport=TimedTransport(timeout_seconds, root_certificate),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(timeout_seconds, connect=min(CONNECT_SECONDS, timeout_seconds)),
            headers={
                "user-agent": f"onefold/{__version__}",
                "accept": "application/json",
                # Compressed answers could unfold to any size.
                "accept-encoding": "identity",
            },
        )

    def close(self) -> None:
        """Close the connections that were kept."""
        self._client.close()

    def check(self, url: str, setting: str) -> None:
        """Refuse an address that would never be sent to; no name is resolved.

        Raises:
            UsageError: the address is malformed, private, or not https.
        """
        parts = _split(url, setting)
        host = parts.hostname or ""
        is_listed = self._addresses.is_listed(host, _port(parts))
        if parts.scheme != "https" and not is_listed:
            raise UsageError(
                f"{setting} must be https; plain http is for hosts in ONEFOLD_ALLOW_HOSTS."
            )
        self._addresses.check(host, _port(parts), setting)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once.

        Raises:
            NotSentError: the address is not allowed or cannot be reached.
            UnansweredError: the connection broke, or the answer took or was too much.
        """
        return self.request("POST", url, headers, body)

    def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Make one request.

        Raises:
            NotSentError: the address is not allowed, wants to be left alone or cannot be reached.
            UnansweredError: the connection broke, or the answer took or was too much.
        """
        self._take_turn()
        parts = _split(url, "The address")
        address = self._resolve(parts)
        host = f"[{address}]" if ":" in address else address
        pinned = parts._replace(netloc=f"{host}:{_port(parts)}", fragment="")
        request = self._client.build_request(
            method,
            pinned.geturl(),
            headers={**headers, "host": parts.netloc},
            content=body,
            extensions={"sni_hostname": parts.hostname},
        )
        try:
            return self._noted(self._receive(request))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotSentError("unproven" if _is_unproven(error) else "unreachable") from None
        except httpx.TimeoutException:
            raise UnansweredError("timeout") from None
        except httpx.HTTPError:
            raise UnansweredError("connection_lost") from None

    def _take_turn(self) -> None:
        if self._budget is not None and (wait := self._budget.take()):
            raise NotSentError(TOLD_TO_WAIT if self._budget.is_paused else OWN_PACE, wait)

    def _noted(self, answer: Answer) -> Answer:
        is_put_off = answer.status in UNTOUCHED_STATUSES or answer.status >= SERVER_ERROR
        if self._budget is not None and answer.retry_after and is_put_off:
            self._budget.close_for(answer.retry_after)
        return answer

    def _receive(self, request: httpx.Request) -> Answer:
        response = self._client.send(request, stream=True)
        try:
            body = bytearray()
            for piece in response.iter_raw():
                body += piece
                if len(body) > self._max_answer_bytes:
                    raise UnansweredError("answer_too_long")
        finally:
            response.close()

        status, headers = response.status_code, response.headers
        return Answer(status, bytes(body), _retry_after(status, headers), headers)

    def _resolve(self, parts: SplitResult) -> str:
        host, port = parts.hostname or "", _port(parts)
        if parts.scheme != "https" and not self._addresses.is_listed(host, port):
            raise NotSentError("plain_http")
        return self._addresses.resolve(host, port)


def _is_unproven(error: BaseException | None) -> bool:
    """Return whether a server could not prove who it is; httpx and httpcore wrap each other's."""
    while error is not None and not isinstance(error, SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def sent_host(url: str) -> str:
    """Return the host of an address as requests name it: in ASCII, without the usual port.

    Raises:
        UsageError: the address is malformed.
    """
    return _split(url, "The address").netloc


def _split(url: str, setting: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in DEFAULT_PORTS and bool(parts.hostname) and _port(parts) > 0
        sendable = httpx.URL(parts.geturl())
    except (ValueError, httpx.InvalidURL):
        is_usable = False
    if not is_usable:
        raise UsageError(f"{setting} is not an http address.")
    if "@" in parts.netloc:
        raise UsageError(f"{setting} must not carry a user or password.")
    # A name in another script goes by its ASCII form, in headers and certificates as well.
    return parts._replace(netloc=sendable.netloc.decode("ascii"))


def _port(parts: SplitResult) -> int:
    return parts.port or DEFAULT_PORTS[parts.scheme]


def _retry_after(status: int, headers: httpx.Headers) -> float | None:
    """Return the seconds to wait, or None where nobody says so, or says nothing that could be."""
    seconds = _told_seconds(status, headers)
    return min(seconds, LONGEST_PAUSE_SECONDS) if seconds and seconds > 0 else None


def _told_seconds(status: int, headers: httpx.Headers) -> float | None:
    """Return the seconds as they are told; of a date, those from the answer's own date on.

    When a limit begins anew stands in every answer of some vendors; it matters once it is reached.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    until = _moment(text)
    if until is None and status == TOO_MANY_REQUESTS:
        until = _epoch(headers.get("x-ratelimit-reset", "").strip())
    if until is None:
        return None
    since = _moment(headers.get("date", "")) or datetime.now(UTC)
    return (until - since).total_seconds()


def _epoch(text: str) -> datetime | None:
    """Return the moment of a limit's reset, which some vendors tell instead, in epoch seconds."""
    if not EPOCH_SECONDS.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text), UTC)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
