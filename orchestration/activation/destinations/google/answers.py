"""Answers of Google, as far as they are read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from orchestration.activation.destinations.codes import code_of
from orchestration.activation.destinations.google import limits
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.statuses import refusal_of
from orchestration.activation.outbound import Answer


class Accepted(BaseModel):
    """The answer to a request that was taken in."""

    request_id: str = Field(alias="requestId", min_length=1)


class ErrorCount(BaseModel):
    """How many members were refused for one reason; which, where Google says so."""

    reason: str
    count: int = Field(0, alias="recordCount")
    places: list[int] = Field([], alias="recordIndices")

    @property
    def code(self) -> str:
        """The reason, without what all of them begin with."""
        return code_of(self.reason.removeprefix(limits.REASON_PREFIX), {})


class ErrorInfo(BaseModel):
    """Why members were refused."""

    counts: list[ErrorCount] = Field([], alias="errorCounts")


class ListStatus(BaseModel):
    """What became of a request at one list."""

    status: Literal[
        "REQUEST_STATUS_UNKNOWN", "SUCCESS", "PROCESSING", "FAILED", "PARTIAL_SUCCESS"
    ] = Field(alias="requestStatus")
    errors: ErrorInfo = Field(ErrorInfo(), alias="errorInfo")

    def result(self, keys: Sequence[str]) -> BatchResult:
        """Return what it means for the members, given in the order in which they were sent."""
        match self.status:
            case "SUCCESS":
                return BatchResult(Verdict.ANSWERED)
            case "PARTIAL_SUCCESS":
                return self._partial(keys)
            case "FAILED":
                return self._failed(keys)
            case _:
                wait = limits.NEXT_LOOK_SECONDS
                return BatchResult(Verdict.ACCEPTED, retry_after=wait)

    def _partial(self, keys: Sequence[str]) -> BatchResult:
        rejected = self._named(keys)
        are_all_named = len(rejected) == sum(error.count for error in self.errors.counts)
        return BatchResult(Verdict.ANSWERED, rejected, is_verified=are_all_named)

    def _failed(self, keys: Sequence[str]) -> BatchResult:
        reasons = Counter({error.code: error.count for error in self.errors.counts})
        code = reasons.most_common(1)[0][0] if reasons else "failed"
        if not reasons or set(reasons) <= limits.PASSING_REASONS:
            return BatchResult(Verdict.LOST, error_code=code)
        return BatchResult(Verdict.ANSWERED, dict.fromkeys(keys, code) | self._named(keys))

    def _named(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the reasons of the members that Google names, by key."""
        return {
            keys[place]: error.code
            for error in self.errors.counts
            for place in error.places
            if place in range(len(keys))
        }


class RequestStatus(BaseModel):
    """The answer to a look at a request."""

    lists: list[ListStatus] = Field(alias="requestStatusPerDestination", min_length=1)


class Detail(BaseModel):
    """One of the reasons of a refusal."""

    reason: str = ""


class Problem(BaseModel):
    """Why a request was refused."""

    details: list[Detail] = []


class Refusal(BaseModel):
    """The answer to a request that was refused."""

    error: Problem


def refusal(answer: Answer) -> BatchResult:
    """Return what an answer other than 2xx stands for."""
    result = refusal_of(answer)
    try:
        details = Refusal.model_validate_json(answer.body).error.details
    except ValidationError:
        return result
    if reasons := {detail.reason for detail in details} & limits.ACCOUNT_REASONS:
        code = min(reasons).lower()
        return replace(result, verdict=Verdict.MISCONFIGURED, error_code=code)
    return result
