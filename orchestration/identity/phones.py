"""Phone numbers of no country, which only one setting can make readable."""

from typing import NamedTuple

import duckdb

from orchestration.errors import OnefoldError
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import connect

# Some are mistyped in any base; where every fourth is unread, a country is missing.
UNREAD_SHARE = 0.25
FEWEST_UNREAD = 20


class Phones(NamedTuple):
    """National numbers on records without a country, and how many of them nobody can read."""

    unread_count: int
    phone_count: int

    @property
    def lack_a_country(self) -> bool:
        """Whether so many are unread that it is no accident."""
        is_many = self.unread_count >= UNREAD_SHARE * self.phone_count
        return self.unread_count >= FEWEST_UNREAD and is_many


def phones_without_country(settings: Settings) -> Phones | None:
    """Count what the last build staged; nothing where it staged nothing yet, or is busy."""
    try:
        with connect(settings.warehouse_path, read_only=True) as warehouse:
            query = statement(__package__, "phones_without_country")
            [row] = warehouse.execute(query).fetchall()
    except (duckdb.Error, OnefoldError):
        return None
    return Phones(*row)
