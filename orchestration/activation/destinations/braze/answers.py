"""Answers of Braze, as far as they are read."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from orchestration.activation.destinations.codes import code_of
from orchestration.activation.destinations.protocol import BatchResult, Operation, Verdict

INVALID = "invalid_attributes"


class Problem(BaseModel):
    """Why one user was refused, where Braze tells it in parts."""

    type: str = INVALID
    input_array: str = "attributes"
    index: int = Field(ge=0)


class Tracked(BaseModel):
    """The answer to a request: success is said also where users were refused."""

    # Any other word is not Braze's.
    message: Literal["success", "queued"]
    processed: int | None = Field(None, alias="attributes_processed")
    # Objects that name their place in some accounts, and sentences in others.
    errors: list[object] = []

    def result(self, operations: Sequence[Operation]) -> BatchResult:
        """Return what became of each user."""
        problems = [problem for error in self.errors if (problem := _problem(error))]
        rejected = {
            operations[problem.index].key: _code(problem.type)
            for problem in problems
            if problem.index < len(operations) and problem.input_array == "attributes"
        }
        processed = len(operations) - len(rejected) if self.processed is None else self.processed
        is_clear = len(rejected) == len(self.errors) and processed + len(rejected) >= len(
            operations
        )
        if is_clear:
            return BatchResult(Verdict.ANSWERED, rejected)
        # Somebody was refused, nobody knows who: halved until it is clear. Repeating does no harm.
        return BatchResult(Verdict.ROWS, error_code=INVALID)


def _problem(error: object) -> Problem | None:
    try:
        return Problem.model_validate(error)
    except ValidationError:
        return None


def _code(sentence: str) -> str:
    code = code_of(sentence, {})
    return INVALID if code == "refused" else code
