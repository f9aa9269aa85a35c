"""What every part of the generator works with: chance, time, files, goods and numbers."""

from collections import Counter
from dataclasses import dataclass, field

from demo_company.catalog import Catalog
from demo_company.chance import Chance
from demo_company.landing import LandingFolder
from demo_company.timeline import Timeline


@dataclass(slots=True)
class Serials:
    """Running numbers, one sequence per prefix, unique over the whole company."""

    taken: Counter[str] = field(default_factory=Counter)

    def number(self, prefix: str) -> int:
        """Take the next number of a sequence."""
        self.taken[prefix] += 1
        return self.taken[prefix]

    def label(self, prefix: str) -> str:
        """Take the next number of a sequence as an id."""
        return f"{prefix}{self.number(prefix):08d}"


@dataclass(slots=True)
class Scene:
    """The stage on which people act."""

    chance: Chance
    timeline: Timeline
    landing: LandingFolder
    catalog: Catalog
    people: int
    serials: Serials = field(default_factory=Serials)

    def name_tag(self, person_number: int) -> int:
        """Turn a person's number into digits that make an address unique without counting up."""
        digits = max(4, len(str(self.people)))
        # The factor has no divisor in common with ten, so no two numbers meet.
        return person_number * 7_919 % int(10**digits)
