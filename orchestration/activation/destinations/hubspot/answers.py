"""Answers of HubSpot, as far as they are read."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from orchestration.activation.destinations.codes import code_of
from orchestration.activation.destinations.protocol import Operation

MAX_PLACE_DIGITS = 6


class Contact(BaseModel):
    """A contact that was made, changed or found."""

    id: str
    trace: str | None = Field(None, alias="objectWriteTraceId")


class Problem(BaseModel):
    """Why some of the contacts were refused."""

    category: str
    context: dict[str, list[str]] = {}

    @property
    def traces(self) -> list[str]:
        """The operations it is about."""
        return self.context.get("objectWriteTraceId", [])


class Contacts(BaseModel):
    """The answer to a batch: what was done, and with 207 what was not."""

    results: list[Contact]
    errors: list[Problem] = []

    def record_ids(self, operations: Sequence[Operation]) -> dict[str, str]:
        """Return the ids of the contacts, by the keys of the operations."""
        return {
            operations[int(contact.trace)].key: contact.id
            for contact in self.results
            if contact.trace and _is_place(contact.trace, operations)
        }

    def refusals(self, operations: Sequence[Operation]) -> dict[str, str]:
        """Return the codes of the refusals that name their operations, by key."""
        return {
            operations[int(trace)].key: code_of(problem.category, {})
            for problem in self.errors
            for trace in problem.traces
            if _is_place(trace, operations)
        }


class Memberships(BaseModel):
    """The answer to a change of the list."""

    missing: list[str] = Field(alias="recordIdsMissing")


def _is_place(trace: str, operations: Sequence[Operation]) -> bool:
    # What has more digits is no place, and Python reads no more than some thousands of them.
    return trace.isdecimal() and len(trace) <= MAX_PLACE_DIGITS and int(trace) < len(operations)
