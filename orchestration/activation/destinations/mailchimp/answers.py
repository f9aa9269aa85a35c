"""Answers of Mailchimp, as far as they are read."""

import re
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from orchestration.activation.destinations.codes import code_of
from orchestration.activation.destinations.http import UndeliveredError
from orchestration.activation.destinations.mailchimp import limits
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.statuses import refusal_of
from orchestration.activation.outbound import Answer

# A title of the vendor's own; one with a digit or an @ would quote somebody.
TITLE = re.compile(r"[A-Za-z' -]+")


class Member(BaseModel):
    """A member that was made or changed."""

    id: str


class Problem(BaseModel):
    """Why a request was refused; the title is one of a few, the detail quotes."""

    title: str

    @property
    def code(self) -> str:
        """The title as a word."""
        title = self.title.lower() if TITLE.fullmatch(self.title) else ""
        return code_of(re.sub(r"[^a-z]+", "_", title).strip("_"), {})


def refusal(answer: Answer) -> BatchResult:
    """Return what an answer other than 2xx stands for."""
    result = refusal_of(answer)
    if answer.status == limits.FORBIDDEN and problem_of(answer) is None:
        # Under load Mailchimp turns calls away without a word about credentials.
        return replace(result, verdict=Verdict.RETRY)
    return result


def member_refusal(error: UndeliveredError) -> str | None:
    """Return the code of a refusal that is about the member alone."""
    if error.answer is None or error.answer.status not in limits.MEMBER_STATUSES:
        return None
    problem = problem_of(error.answer)
    return problem.code if problem else f"http_{error.answer.status}"


def problem_of(answer: Answer) -> Problem | None:
    """Return what Mailchimp says is wrong, if it says so."""
    try:
        return Problem.model_validate_json(answer.body)
    except ValidationError:
        return None
