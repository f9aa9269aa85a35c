"""The whole company: people in chunks, their lives written as they are made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from demo_company.advertising import write_ad_spend, write_segments
from demo_company.catalog import Catalog, write_products
from demo_company.chance import Chance
from demo_company.consents import write_consents
from demo_company.flaws import write_broken_rows
from demo_company.households import Household, households
from demo_company.landing import TRUTH, LandingFolder
from demo_company.orders import write_orders
from demo_company.outreach import write_outreach
from demo_company.people import Person
from demo_company.receipts import ReceiptCount, write_passers_by, write_receipts
from demo_company.records import write_records
from demo_company.scene import Scene
from demo_company.timeline import Timeline
from demo_company.visits import write_visits

CHUNK_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class CompanySummary:
    """What was written: people, rows per landing table (`source.table`), records in the truth."""

    folder: Path
    people: int
    until: datetime
    row_counts: dict[str, int]
    truth_count: int

    @property
    def row_count(self) -> int:
        """Rows of all landing tables."""
        return sum(self.row_counts.values())


def generate(  # noqa: PLR0913 - each argument is one property of the company
    folder: Path,
    *,
    people: int = 5_000,
    seed: int = 7,
    until: datetime,
    years: int = 2,
    progress: Callable[[int], None] | None = None,
) -> CompanySummary:
    """Write the landing files of a made-up retailer, and the truth, into a folder.

    The same arguments give the same bytes. Memory does not grow with the number of people.

    Args:
        folder: where `<source>/<table>.csv` and `truth/records.csv` go.
        people: how many human beings the company has met.
        seed: another number gives another company.
        until: the company's now, with a time zone; nothing happens later.
        years: how long before that the company began to keep records.
        progress: called with the number of people finished so far.

    Raises:
        ValueError: there are no people or no years, or `until` has no time zone.
    """
    if people < 1 or years < 1:
        raise ValueError("A company needs at least one person and one year.")

    timeline = Timeline.ending_at(until, years)
    with LandingFolder(folder) as landing:
        scene = Scene(Chance(f"{seed}:company"), timeline, landing, Catalog(), people)
        write_products(landing, scene.catalog)
        write_ad_spend(scene)
        for first in range(0, people, CHUNK_SIZE):
            size = min(CHUNK_SIZE, people - first)
            scene.chance = Chance(f"{seed}:{first // CHUNK_SIZE}")
            _write_chunk(scene, size)
            if progress:
                progress(first + size)
        write_broken_rows(scene)

    row_counts = dict(landing.row_counts)
    truth_count = row_counts.pop(TRUTH)
    return CompanySummary(folder, people, until, row_counts, truth_count)


def _write_chunk(scene: Scene, size: int) -> None:
    count = ReceiptCount()
    for household in households(scene, size):
        for person in household.members:
            _write_life(scene, household, person, count)
        _write_cookie_truth(scene, household)
    write_passers_by(scene, count)


def _write_life(scene: Scene, household: Household, person: Person, count: ReceiptCount) -> None:
    write_records(scene, person)
    write_receipts(scene, person, count)
    orders = write_orders(scene, person)
    devices = write_visits(scene, household, person, orders)
    agreed_at = write_consents(scene, person)
    write_outreach(scene, person, agreed_at)
    write_segments(scene, person, devices)


def _write_cookie_truth(scene: Scene, household: Household) -> None:
    """A cookie that several people used has no person, so it is left out."""
    for cookie, users in household.cookie_users.items():
        if len(users) == 1:
            (entity_id,) = users
            scene.landing.write_truth(("web", "cookie", cookie), entity_id)
