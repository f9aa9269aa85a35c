"""People: who they are, where they live, how they can be reached and how they shop."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from demo_company.chance import Chance
from demo_company.latin import latin_letters
from demo_company.locales import City, Country, phone_number
from demo_company.scene import Scene
from demo_company.timeline import DAY, Timeline

Value = TypeVar("Value")
MAIL_PATTERNS = (
    "{first}.{last}{tag}",
    "{initial}{last}{tag}",
    "{last}_{first}{tag}",
    "{first}{tag}",
)
OTHER_PATTERNS = ("{last}{tag}", "{first}-{last}{tag}")


@dataclass(frozen=True, slots=True)
class Changing(Generic[Value]):
    """A trait that changes at most once: a number, an address, a home."""

    now: Value
    before: Value
    changed_at: int = 0

    def at(self, moment: int) -> Value:
        """Return what was true at a moment."""
        return self.now if moment >= self.changed_at else self.before


@dataclass(frozen=True, slots=True)
class Home:
    """A postal address, as its inhabitants write it."""

    street: str
    city: City
    postcode: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What stands in somebody's papers."""

    sex: str
    first_name: str
    middle_name: str
    last_name: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class Habits:
    """How people of one kind deal with the company: shares, and means over two years."""

    share: float
    has_contact: float
    has_card: float
    has_account: float
    browses: float
    receipts: float
    orders: float


# Both channels; shops only; web only; anonymous visitors; leads of a campaign.
HABITS = (
    Habits(0.34, 0.80, 0.90, 0.95, 1.00, 6.8, 2.7),
    Habits(0.26, 0.60, 0.78, 0.00, 0.22, 5.6, 0.0),
    Habits(0.26, 0.60, 0.08, 0.92, 1.00, 0.2, 3.9),
    Habits(0.09, 0.00, 0.00, 0.00, 1.00, 0.0, 0.0),
    Habits(0.05, 1.00, 0.00, 0.00, 0.20, 0.0, 0.0),
)
_HABIT_SHARES = [habits.share for habits in HABITS]


@dataclass(slots=True)
class Person:
    """One human being, and the records that the company has made of them so far."""

    entity_id: str
    country: Country
    naming: Naming
    habits: Habits
    home: Changing[Home]
    email: Changing[str]
    other_email: str
    phone: Changing[str]
    active: tuple[int, int]
    accounts: list[tuple[int, str]] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    records: list[tuple[str, str, str]] = field(default_factory=list)

    def any_email(self, chance: Chance, moment: int) -> str:
        """Return the address they give at a moment, now and then a second one."""
        if self.other_email and chance.happens(0.2):
            return self.other_email
        return self.email.at(moment)

    def account_at(self, moment: int) -> str:
        """Return the login they use at a moment; empty before the first one."""
        opened = [user_id for opened_at, user_id in self.accounts if opened_at <= moment]
        return opened[-1] if opened else ""


def draw_naming(
    chance: Chance,
    country: Country,
    last_names: tuple[str, str],
    born: tuple[date, date],
    sex: str = "",
) -> Naming:
    """Draw a person's papers; the last name has a form for men and one for women."""
    sex = sex or chance.pick(("male", "female"))
    is_man = sex == "male"
    names = country.male_names if is_man else country.female_names
    days = (born[1] - born[0]).days
    return Naming(
        sex=sex,
        first_name=chance.pick(country.common_names[sex] if chance.happens(0.6) else names),
        middle_name=chance.pick(country.patronymics)[0 if is_man else 1],
        last_name=last_names[0 if is_man else 1],
        birth_date=born[0] + timedelta(days=chance.between(0, days)),
    )


def draw_home(chance: Chance, country: Country) -> Home:
    """Draw an address."""
    city = chance.pick_early(country.cities)
    flat = f", кв. {chance.between(1, country.flats)}" if country.flats else ""
    return Home(
        street=_house_on(chance, country) + flat,
        city=city,
        postcode=city.postcode_start
        + chance.digits(country.postcode_length - len(city.postcode_start)),
    )


def _house_on(chance: Chance, country: Country) -> str:
    street = chance.pick(country.streets)
    house = chance.between(1, 2_900 if country.code == "US" else 120)
    return street.format(house=house)


def new_person(scene: Scene, country: Country, naming: Naming, home: Home) -> Person:
    """Make a person with ways to be reached that nobody else has."""
    chance = scene.chance
    number = scene.serials.number("person")
    active = draw_active_span(chance, scene.timeline)
    changed_at = chance.between(*active)
    tag = scene.name_tag(number)
    email = mail_address(chance, country, naming, tag)
    phone = phone_number(country, scene.serials.number(country.code))

    return Person(
        entity_id=f"E{number:08d}",
        country=country,
        naming=naming,
        habits=chance.choices(HABITS, _HABIT_SHARES)[0],
        home=Changing(home, _former_home(chance, country, home), changed_at),
        email=Changing(email, _former_email(chance, country, naming, tag) or email, changed_at),
        other_email=_second_email(chance, country, naming, tag),
        phone=Changing(phone, _former_phone(scene, country) or phone, changed_at + 45 * DAY),
        active=active,
    )


def draw_active_span(chance: Chance, timeline: Timeline) -> tuple[int, int]:
    """Draw from when to when somebody deals with the company; one in five leaves for good."""
    first = timeline.start + int((timeline.until - timeline.start) * chance.random() ** 2 * 0.96)
    leaves = chance.happens(0.2)
    return first, chance.between(first + DAY, timeline.until) if leaves else timeline.until


def mail_address(chance: Chance, country: Country, naming: Naming, tag: int) -> str:
    """Make an address that is unique through the tag at its end."""
    return _address(chance.pick(MAIL_PATTERNS), chance.pick(country.mail_domains), naming, tag)


def _former_email(chance: Chance, country: Country, naming: Naming, tag: int) -> str:
    return mail_address(chance, country, naming, tag) if chance.happens(0.12) else ""


def _second_email(chance: Chance, country: Country, naming: Naming, tag: int) -> str:
    if not chance.happens(0.12):
        return ""
    return _address(chance.pick(OTHER_PATTERNS), chance.pick(country.mail_domains), naming, tag)


def _former_phone(scene: Scene, country: Country) -> str:
    if not scene.chance.happens(0.1):
        return ""
    return phone_number(country, scene.serials.number(country.code))


def _former_home(chance: Chance, country: Country, home: Home) -> Home:
    return draw_home(chance, country) if chance.happens(0.12) else home


def _address(pattern: str, domain: str, naming: Naming, tag: int) -> str:
    first, last = latin_letters(naming.first_name), latin_letters(naming.last_name)
    local_part = pattern.format(first=first, initial=first[:1], last=last, tag=tag)
    return f"{local_part}@{domain}"
