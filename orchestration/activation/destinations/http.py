"""HTTP APIs of vendors: one call at a time, and what an answer means for the batch."""

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import orjson
from pydantic import BaseModel, ValidationError

from orchestration.activation.addresses import NotSentError
from orchestration.activation.budgets import RequestBudget
from orchestration.activation.destinations.protocol import BatchResult, Job, Verdict
from orchestration.activation.destinations.statuses import (
    is_success,
    refusal_of,
    unanswered,
    unreadable,
)
from orchestration.activation.outbound import Answer, OutboundClient, UnansweredError
from orchestration.errors import UsageError
from orchestration.settings import Settings

MAX_ANSWER_BYTES = 32 * 1024 * 1024
UNAUTHORIZED = 401
NO_CONTENT = 204
JSON = "application/json"
# What is wrong with a request about a job is wrong with the job: it expired.
ABOUT_THE_JOB = {Verdict.MISCONFIGURED, Verdict.ROWS, Verdict.TOO_LARGE}
FORM = "application/x-www-form-urlencoded"

Shape = TypeVar("Shape", bound=BaseModel)
Subject = TypeVar("Subject")


class UndeliveredError(Exception):
    """A call that did not do what it should; `result` says what follows for the batch."""

    def __init__(self, result: BatchResult, answer: Answer | None = None) -> None:
        super().__init__(result.error_code)
        self.result = result
        self.answer = answer


@dataclass(frozen=True)
class VendorApi:
    """The API of a vendor: where it is, who calls, and what its refusals mean."""

    client: OutboundClient
    url: str
    headers: Callable[[], Mapping[str, str]]
    refusal: Callable[[Answer], BatchResult] = refusal_of
    # What to do about refused credentials before one more try; nothing, if they do not change.
    renew: Callable[[Mapping[str, str]], None] | None = None

    def with_headers(self, headers: Mapping[str, str]) -> "VendorApi":
        """Return the same API, called with these headers."""
        return replace(self, headers=lambda: headers)

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        query: Mapping[str, str] | None = None,
        content_type: str = JSON,
    ) -> Answer:
        """Make one request.

        Raises:
            UndeliveredError: it was not answered with 2xx.
        """
        address = f"{self.url.rstrip('/')}{path}"
        if query:
            address += "?" + urlencode(query)
        extra = {"content-type": content_type} if body else {}
        credentials = self.headers()
        answer = self._answer(method, address, {**credentials, **extra}, body)
        if answer.status == UNAUTHORIZED and self.renew is not None:
            self.renew(credentials)
            answer = self._answer(method, address, {**self.headers(), **extra}, body)
        if not is_success(answer):
            raise UndeliveredError(self.refusal(answer), answer)
        return answer

    def do(self, method: str, path: str, body: bytes = b"", *, content_type: str = JSON) -> None:
        """Ask for something that is answered without a word.

        Raises:
            UndeliveredError: it was not; words that were not asked for may come from anybody.
        """
        answer = self.call(method, path, body, content_type=content_type)
        if answer.status != NO_CONTENT:
            raise UndeliveredError(unreadable(answer), answer)

    def _answer(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            return self.client.request(method, address, headers, body)
        except (NotSentError, UnansweredError) as error:
            raise UndeliveredError(unanswered(error)) from None


def vendor_client(
    settings: Settings, url: str, variable: str, budget: RequestBudget
) -> OutboundClient:
    """Return a client for a vendor's address, which is called at the pace of the account.

    Raises:
        UsageError: the address would never be sent to.
    """
    client = OutboundClient(
        allow_hosts=settings.allow_hosts,
        timeout_seconds=settings.http_timeout_seconds,
        root_certificate=settings.https_root_certificate,
        max_answer_bytes=MAX_ANSWER_BYTES,
        budget=budget,
    )
    client.check(url, variable)
    if "?" in url or "#" in url:
        # What is asked for would be written behind it.
        raise UsageError(f"{variable} must not have a ? or # in it.")
    return client


def told_as_result(
    attempt: Callable[[Subject, Any], BatchResult],
) -> Callable[[Subject, Any], BatchResult]:
    """Let a method of a destination end early with what a call came to."""

    @functools.wraps(attempt)
    def told(destination: Subject, subject: Any) -> BatchResult:  # noqa: ANN401 - batch or job
        try:
            return attempt(destination, subject)
        except UndeliveredError as error:
            return error.result

    return told


def told_of_job(
    look: Callable[[Subject, Job], BatchResult],
) -> Callable[[Subject, Job], BatchResult]:
    """Let a look at a job end early; a job that the vendor does not know any more is lost."""

    @functools.wraps(look)
    def told(destination: Subject, job: Job) -> BatchResult:
        try:
            return look(destination, job)
        except UndeliveredError as error:
            if error.result.verdict in ABOUT_THE_JOB:
                return replace(error.result, verdict=Verdict.LOST)
            return error.result

    return told


def read(answer: Answer, shape: type[Shape]) -> Shape:
    """Read an answer of 2xx as what the vendor promises.

    Raises:
        UndeliveredError: it is something else, so nobody knows what was done.
    """
    try:
        return shape.model_validate_json(answer.body)
    except ValidationError:
        raise UndeliveredError(unreadable(answer), answer) from None


def compact_json(document: object) -> bytes:
    """Return a document as bytes, the same for the same document."""
    try:
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # A number of more than 64 bits, or half of a pair of surrogates, which stays an escape.
        return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def segment(text: str) -> str:
    """Return a text as one segment of a path."""
    quoted = quote(text, safe="")
    # Left alone by the rules of quoting, and understood as another path.
    return quoted.replace(".", "%2E") if text in {".", ".."} else quoted


def without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def in_groups(items: Sequence[Subject], size: int) -> list[Sequence[Subject]]:
    """Cut a sequence into groups of a size."""
    return [items[start : start + size] for start in range(0, len(items), size)]
