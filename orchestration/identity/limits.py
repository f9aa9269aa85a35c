"""How much may change: limits as people write them, and which of them a difference exceeds."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestration.errors import UsageError

if TYPE_CHECKING:
    from orchestration.identity.difference import Difference

LIMIT = re.compile(r"(?P<number>\d+(\.\d+(?=%))?)(?P<share>%)?")
WHOLE = 100


@dataclass(frozen=True)
class Limit:
    """A greatest number, or a greatest share of all, as `12` or `0.5%`."""

    number: float
    is_share: bool

    def is_exceeded(self, count: int, total: int) -> bool:
        """Tell whether so many are too many."""
        return count > (self.number / WHOLE * total if self.is_share else self.number)

    def __str__(self) -> str:
        return f"{self.number:g}%" if self.is_share else f"{self.number:g}"


def parse_limit(text: str) -> Limit:
    """Read a limit.

    Raises:
        UsageError: it is neither a number of things nor a share in percent.
    """
    written = LIMIT.fullmatch(text)
    if written is None or (written["share"] and float(written["number"]) > WHOLE):
        raise UsageError(f"{text} is no limit; write a number such as 12, or a share such as 0.5%.")
    return Limit(float(written["number"]), is_share=bool(written["share"]))


@dataclass(frozen=True)
class Measure:
    """A count that has a limit, among how many."""

    name: str
    count: int
    total: int
    wording: str
    limit: Limit | None = None

    @property
    def is_exceeded(self) -> bool:
        """Whether there are more than the limit allows."""
        return self.limit is not None and self.limit.is_exceeded(self.count, self.total)

    @property
    def share(self) -> float:
        """The count as a part of all."""
        return self.count / self.total if self.total else 0.0


def measures(difference: "Difference", limits: dict[str, Limit | None]) -> list[Measure]:
    """Return what may have a limit, in the order in which it is shown."""
    counts = difference.counts
    people = counts.people_before
    found = (
        ("moved", counts.records_moved, counts.records_in_both, "records went to another person"),
        ("merged", counts.people_merged, people, "people are made of several who were apart"),
        ("split", counts.people_split, people, "people came apart"),
        ("rekeyed", counts.people_rekeyed, people, "people have the same records, but another id"),
        (
            "mailable",
            difference.newly_mailable,
            people,
            "people may be mailed who might not before",
        ),
    )
    return [Measure(*each, limit=limits.get(each[0])) for each in found]
