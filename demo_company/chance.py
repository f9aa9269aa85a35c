"""Chance: the one source of everything that looks accidental."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Option = TypeVar("Option")


class Chance(Random):
    """A seeded generator with the draws this package needs, cheap enough for millions of rows."""

    def happens(self, share: float) -> bool:
        """Return whether something that occurs in this share of cases occurs now."""
        return self.random() < share

    def pick(self, options: Sequence[Option]) -> Option:
        """Pick one of the options, all equally likely."""
        return options[int(self.random() * len(options))]

    def pick_early(self, options: Sequence[Option]) -> Option:
        """Pick one of the options, those at the front more often."""
        return options[int(self.random() ** 2 * len(options))]

    def between(self, lowest: int, highest: int) -> int:
        """Draw a whole number, both borders included; the lowest if they are crossed."""
        return lowest + int(self.random() * max(1, highest - lowest + 1))

    def count(self, mean: float) -> int:
        """Draw how often something happened, with the long tail that customers have."""
        return int(self.expovariate(1 / mean) + self.random()) if mean else 0

    def digits(self, length: int) -> str:
        """Draw a text of digits."""
        return f"{int(self.random() * 10**length):0{length}d}"

    def uuid(self) -> str:
        """Draw an identifier in the form that browsers and apps use."""
        digits = f"{self.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
