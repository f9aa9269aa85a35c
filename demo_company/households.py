"""Households: most people live alone, some in families that share what families share."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from demo_company.chance import Chance
from demo_company.locales import COUNTRY_MIX, Country
from demo_company.people import Naming, Person, draw_home, draw_naming, new_person
from demo_company.scene import Scene

# A family has three members on average, so this makes about a fifth of all people family members.
FAMILY_SHARE = 0.085
LARGEST_FAMILY = 4
A_YEAR = timedelta(days=365.25)


@dataclass(slots=True)
class Household:
    """People under one roof."""

    members: list[Person]
    home_computer: str = ""
    cookie_users: dict[str, set[str]] = field(default_factory=dict)


def households(scene: Scene, people: int) -> Iterator[Household]:
    """Make households one by one until they hold the given number of people."""
    left = people
    while left:
        household = _household(scene, left)
        left -= len(household.members)
        yield household


def _household(scene: Scene, room: int) -> Household:
    chance = scene.chance
    country = chance.pick(COUNTRY_MIX)
    today = datetime.fromtimestamp(scene.timeline.until, UTC).date()
    is_family = room > 1 and chance.happens(FAMILY_SHARE)
    namings = _family(chance, country, today) if is_family else [_adult(chance, country, today)]
    home = draw_home(chance, country)
    members = [new_person(scene, country, naming, home) for naming in namings[:room]]

    if len(members) == 1:
        return Household(members)
    _share_contacts(chance, members)
    return Household(members, home_computer=chance.uuid() if chance.happens(0.45) else "")


def _share_contacts(chance: Chance, members: list[Person]) -> None:
    """Let the family move as one, and some members use the head's phone or e-mail as theirs."""
    head, *others = members
    for member in others:
        member.home = head.home
    if chance.happens(0.35):
        chance.pick(others).phone = head.phone
    if chance.happens(0.25):
        sharer = chance.pick(others)
        sharer.email, sharer.other_email = head.email, ""


def _adult(chance: Chance, country: Country, today: date) -> Naming:
    last_names = chance.pick(country.last_names)
    return draw_naming(chance, country, last_names, (today - 78 * A_YEAR, today - 18 * A_YEAR))


def _family(chance: Chance, country: Country, today: date) -> list[Naming]:
    """Make two parents and up to two children, old enough to shop."""
    last_names = chance.pick(country.last_names)
    born = (today - 70 * A_YEAR, today - 42 * A_YEAR)
    father = draw_naming(chance, country, last_names, born, "male")
    born = (father.birth_date - 5 * A_YEAR, father.birth_date + 5 * A_YEAR)
    mother = draw_naming(chance, country, last_names, born, "female")
    children = _children(chance, country, last_names, father)
    return [father, mother, *children][: chance.between(2, LARGEST_FAMILY)]


def _children(
    chance: Chance, country: Country, last_names: tuple[str, str], father: Naming
) -> list[Naming]:
    born = (father.birth_date + 21 * A_YEAR, father.birth_date + 26 * A_YEAR)
    eldest = draw_naming(chance, country, last_names, born)
    youngest = draw_naming(chance, country, last_names, born)

    if chance.happens(0.06):
        son = draw_naming(chance, country, last_names, born, "male")
        eldest = replace(son, first_name=father.first_name)
    if chance.happens(0.06):
        youngest = replace(youngest, birth_date=eldest.birth_date)
    return [eldest, youngest]
