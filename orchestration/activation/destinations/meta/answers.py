"""Answers of Meta, as far as they are read."""

from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from orchestration.activation.destinations.meta import limits
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.statuses import refusal_of
from orchestration.activation.outbound import Answer


class Received(BaseModel):
    """How many members Meta took; never which."""

    received: int = Field(alias="num_received")
    invalid: int = Field(0, alias="num_invalid_entries")


class Problem(BaseModel):
    """Why a request was refused."""

    code: int
    subcode: int | None = Field(None, alias="error_subcode")
    is_transient: bool = False


class Refusal(BaseModel):
    """The answer to a request that was refused."""

    error: Problem


def refusal(answer: Answer) -> BatchResult:
    """Return what an answer other than 2xx stands for."""
    result = refusal_of(answer)
    try:
        problem = Refusal.model_validate_json(answer.body).error
    except ValidationError:
        return result
    verdict = _verdict(problem) or result.verdict
    return replace(result, verdict=verdict, error_code=_code(problem))


def _verdict(problem: Problem) -> Verdict | None:
    if problem.subcode in limits.AUDIENCE_SUBCODES:
        return Verdict.MISCONFIGURED
    if problem.code in limits.AUTH_CODES:
        return Verdict.AUTH
    if problem.code in limits.UNCERTAIN_CODES:
        return Verdict.AMBIGUOUS
    is_busy = problem.code in limits.BUSY_CODES or problem.is_transient
    return Verdict.RETRY if is_busy else None


def _code(problem: Problem) -> str:
    return f"meta_{problem.code}" + (f"_{problem.subcode}" if problem.subcode else "")
