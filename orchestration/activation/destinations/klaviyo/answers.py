"""Answers of Klaviyo, as far as they are read."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, field_validator

from orchestration.activation.destinations.codes import code_of


class Named(BaseModel):
    """A thing with an id."""

    id: str


class StartedJob(BaseModel):
    """The answer to a bulk import."""

    data: Named


class Progress(BaseModel):
    """How far a job came."""

    status: Literal["cancelled", "complete", "processing", "queued"]
    failed_count: int | None = 0


class JobState(BaseModel):
    """What a job is about, and how far it came."""

    attributes: Progress


class Job(BaseModel):
    """The answer to a look at a job."""

    data: JobState


class Links(BaseModel):
    """Where a list of answers goes on."""

    next: str | None = None

    @field_validator("next")
    @classmethod
    def _leads_on(cls, link: str | None) -> str | None:
        # Taken for the end, it would leave people on the list.
        if link and _cursor(link) is None:
            raise ValueError("no place")
        return link

    @property
    def cursor(self) -> str | None:
        """The place of the next page, to be asked for at our own address."""
        return _cursor(self.next) if self.next else None


class Problem(BaseModel):
    """Why one profile was refused; its payload is read for the id alone."""

    code: str
    original_payload: dict[str, Any] | None = None

    def key(self) -> str | None:
        """Return the key of the row, wherever in the payload it stands."""
        payload: Mapping[str, Any] = self.original_payload or {}
        attributes = payload.get("attributes", payload)
        found = attributes.get("external_id") if isinstance(attributes, Mapping) else None
        return found if isinstance(found, str) else None


class RefusedProfile(BaseModel):
    """One refused profile."""

    attributes: Problem


class ImportErrors(BaseModel):
    """A page of refused profiles."""

    data: list[RefusedProfile]
    links: Links = Links()

    def codes(self) -> dict[str, str]:
        """Return the codes of the refusals that name their row, by key."""
        problems = [error.attributes for error in self.data]
        return {key: code_of(problem.code, {}) for problem in problems if (key := problem.key())}


class Profiles(BaseModel):
    """A page of profiles."""

    data: list[Named]
    links: Links = Links()


def _cursor(link: str) -> str | None:
    found = parse_qs(urlsplit(link).query).get("page[cursor]")
    return found[0] if found else None
