"""Time as the company knows it: whole seconds from the first day of trade to its now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from demo_company.chance import Chance

MINUTE = 60
HOUR = 3_600
DAY = 86_400
YEAR = 365 * DAY

# Tills and people of one country share an offset; daylight saving would add nothing here.
_ZONES = {hours: timezone(timedelta(hours=hours)) for hours in range(-12, 15)}


@dataclass(frozen=True, slots=True)
class Timeline:
    """The span that the company's files cover, in seconds since 1970."""

    start: int
    until: int

    @classmethod
    def ending_at(cls, until: datetime, years: int) -> "Timeline":
        """Cover a number of years that end now.

        Raises:
            ValueError: the moment has no time zone.
        """
        if until.tzinfo is None:
            raise ValueError("The end of the company's time needs a time zone.")

        end = int(until.timestamp())
        return cls(start=end - years * YEAR, until=end)

    def capped(self, moment: int) -> int:
        """Return the moment, or now where it would lie ahead."""
        return min(moment, self.until)

    def opening_moment(self, chance: Chance, span: tuple[int, int], utc_offset: int) -> int:
        """Draw a moment at which shops are open, or any moment where the span ends at night."""
        day = chance.between(*span) // DAY
        local_second = 10 * HOUR + int(chance.random() * 11 * HOUR)
        moment = day * DAY + local_second - utc_offset * HOUR
        return moment if span[0] <= moment <= span[1] else chance.between(*span)


def utc_text(moment: int) -> str:
    """Write a moment in UTC."""
    return datetime.fromtimestamp(moment, UTC).isoformat()[:19] + "Z"


def local_text(moment: int, utc_offset: int) -> str:
    """Write a moment in local time, with its offset."""
    return datetime.fromtimestamp(moment, _ZONES[utc_offset]).isoformat()


def day_text(moment: int) -> str:
    """Write the UTC day of a moment."""
    return utc_text(moment)[:10]
