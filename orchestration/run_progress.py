"""What a run tells while it goes on, and what came of it; the same for every teller."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Progress:
    """One piece of news from a running job."""

    kind: Literal["started", "advanced", "ended", "failed", "told"]
    step: str
    detail: str = ""


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class StepOutcome:
    """One step of a run: how long it took, and the counts it left."""

    name: str
    seconds: float
    is_success: bool


@dataclass(frozen=True)
class Published:
    """What a run published; by its end another one may have published anew."""

    loads: list[dict[str, Any]]
    people: int


@dataclass(frozen=True)
class RunOutcome:
    """What came of a run; it has no id where it failed before it was noted."""

    run_id: str | None
    is_success: bool
    failure: str | None
    seconds: float
    steps: list[StepOutcome] = field(default_factory=list)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    published: Published | None = None
