"""Three countries: names, towns, streets, phone numbers and mail domains."""

from collections.abc import Iterable
from dataclasses import dataclass

from faker.providers.address.ru_RU import Provider as RussianAddresses
from faker.providers.person.de_DE import Provider as GermanPeople
from faker.providers.person.en_US import Provider as AmericanPeople
from faker.providers.person.ru_RU import Provider as RussianPeople

from demo_company.nicknames import AMERICAN, GERMAN, RUSSIAN


@dataclass(frozen=True, slots=True)
class City:
    """A town, the region it lies in and how its postcodes begin."""

    name: str
    latin_name: str
    region: str
    postcode_start: str


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """How people of one country are named, live and write their numbers."""

    code: str
    currency: str
    price_factor: int
    utc_offset: int
    male_names: tuple[str, ...]
    female_names: tuple[str, ...]
    common_names: dict[str, tuple[str, ...]]
    nicknames: dict[str, tuple[str, ...]]
    last_names: tuple[tuple[str, str], ...]
    patronymics: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    flats: int
    street_forms: tuple[tuple[str, str], ...]
    cities: tuple[City, ...]
    postcode_length: int
    phone_prefixes: tuple[str, ...]
    local_digits: int
    phone_forms: tuple[str, ...]
    international_forms: tuple[str, ...]
    mail_domains: tuple[str, ...]


def _cities(*rows: str) -> tuple[City, ...]:
    return tuple(City(*row.split("|")) for row in rows)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _same_for_both(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in names)


# The stems that are spoken with ё; official papers have it, most keyboards leave it out.
_YO_STEMS = {"Соловьев", "Воробьев", "Королев", "Киселев", "Ковалев", "Журавлев", "Муравьев"}


def _russian_last_names() -> tuple[tuple[str, str], ...]:
    pairs = zip(RussianPeople.last_names_male, RussianPeople.last_names_female, strict=True)
    return tuple(
        (male[:-2] + "ёв", female[:-3] + "ёва") if male in _YO_STEMS else (male, female)
        for male, female in pairs
    )


def _russian_patronymics() -> tuple[tuple[str, str], ...]:
    return tuple(
        (female.removesuffix("вна") + "вич", female)
        for female in dict.fromkeys(RussianPeople.middle_names_female)
        if female.endswith("вна")
    )


_AMERICAN_AREAS = _words(
    "205 206 212 213 214 215 216 281 303 305 312 313 314 315 316 317 319 320 321 323 334 336 401"
    " 402 404 405 406 407 408 410 412 414 415 417 419 423 425 432 434 440 443 469 478 480 501 502"
    " 503 504 505 507 509 510 512 515 516 517 518 520 530 540 541 559 561 562 570 573 602 603 605"
)

RUSSIA = Country(
    code="RU",
    currency="RUB",
    price_factor=90,
    utc_offset=3,
    male_names=tuple(RussianPeople.first_names_male),
    female_names=tuple(RussianPeople.first_names_female),
    common_names=RUSSIAN.common_names,
    nicknames=RUSSIAN.nicknames,
    last_names=_russian_last_names(),
    patronymics=_russian_patronymics(),
    streets=tuple(f"ул. {title}, д. {{house}}" for title in RussianAddresses.street_titles_noflex),
    flats=240,
    street_forms=(("ул. ", "улица "), ("ул. ", ""), (", д. ", " "), (", кв. ", "-")),
    cities=_cities(
        "Москва|Moskva|Москва|10",
        "Санкт-Петербург|Sankt-Peterburg|Санкт-Петербург|19",
        "Казань|Kazan|Татарстан|420",
        "Екатеринбург|Yekaterinburg|Свердловская область|620",
        "Новосибирск|Novosibirsk|Новосибирская область|630",
        "Тула|Tula|Тульская область|300",
    ),
    postcode_length=6,
    phone_prefixes=_words("903 905 909 910 915 916 917 921 925 926 985"),
    local_digits=7,
    phone_forms=("8 (###) ###-##-##", "8##########", "8-###-###-##-##", "8 ### ### ## ##"),
    international_forms=("+7 ### #######", "+7##########", "+7 (###) ###-##-##"),
    mail_domains=("example.com", "example.org", "pochta-volna.ru", "yasnopost.ru", "sinimail.ru"),
)

GERMANY = Country(
    code="DE",
    currency="EUR",
    price_factor=1,
    utc_offset=1,
    male_names=tuple(GermanPeople.first_names_male),
    female_names=tuple(GermanPeople.first_names_female),
    common_names=GERMAN.common_names,
    nicknames=GERMAN.nicknames,
    last_names=_same_for_both(GermanPeople.last_names),
    patronymics=(("", ""),),
    streets=tuple(
        f"{name}{kind} {{house}}"
        for name in GermanPeople.last_names
        for kind in ("straße", "weg", "gasse")
    ),
    flats=0,
    street_forms=(("straße", "str."), ("straße", "strasse"), ("gasse", "g.")),
    cities=_cities(
        "Berlin|Berlin|Berlin|10",
        "Hamburg|Hamburg|Hamburg|20",
        "München|Muenchen|Bayern|80",
        "Köln|Koeln|Nordrhein-Westfalen|50",
        "Leipzig|Leipzig|Sachsen|04",
        "Dresden|Dresden|Sachsen|01",
    ),
    postcode_length=5,
    phone_prefixes=_words("160 162 163 170 171 172 173 174 175 177 178 179"),
    local_digits=7,
    phone_forms=("0### #######", "0###/#######", "0##########"),
    international_forms=("+49 ### #######", "+49##########", "+49 (0)### #######"),
    mail_domains=("example.com", "example.org", "nordpost-brief.de", "talmail.de", "postlinde.de"),
)

UNITED_STATES = Country(
    code="US",
    currency="USD",
    price_factor=1,
    utc_offset=-6,
    male_names=tuple(AmericanPeople.first_names_male),
    female_names=tuple(AmericanPeople.first_names_female),
    common_names=AMERICAN.common_names,
    nicknames=AMERICAN.nicknames,
    last_names=_same_for_both(AmericanPeople.last_names),
    patronymics=(("", ""),),
    streets=tuple(
        f"{{house}} {name} {kind}"
        for name in tuple(AmericanPeople.last_names)[:300]
        for kind in ("St", "Ave", "Rd")
    ),
    flats=0,
    street_forms=((" St", " Street"), (" Ave", " Avenue"), (" Rd", " Road"), (" St", " St.")),
    cities=_cities(
        "Seattle|Seattle|WA|981",
        "Chicago|Chicago|IL|606",
        "Boston|Boston|MA|021",
        "Austin|Austin|TX|787",
        "Denver|Denver|CO|802",
        "Portland|Portland|OR|972",
    ),
    postcode_length=5,
    # With the area code goes the exchange, 550 to 559, in which 555 is kept for made-up numbers.
    phone_prefixes=tuple(area + "55" for area in _AMERICAN_AREAS),
    local_digits=5,
    phone_forms=("(###) ###-####", "###.###.####", "###-###-####", "1-###-###-####"),
    international_forms=("+1-###-###-####", "+1##########", "+1 ### ### ####"),
    mail_domains=(
        "example.com",
        "example.org",
        "bluepinepost.com",
        "mailharbor.net",
        "quickloft.com",
    ),
)

COUNTRIES = (RUSSIA, GERMANY, UNITED_STATES)
# Shares of people in twentieths.
COUNTRY_MIX = (RUSSIA,) * 9 + (GERMANY,) * 6 + (UNITED_STATES,) * 5


def phone_number(country: Country, serial: int) -> str:
    """Return the national digits of a mobile number, another one for each serial number.

    Seven million people in the United States, and more elsewhere, can have a number of their own.
    """
    local, place = divmod(serial, len(country.phone_prefixes))
    # The factors mix the digits; the first one has no divisor in common with ten, so that two
    # numbers of one prefix never meet.
    digits = (local * 7_654_321 + place * 1_234_577) % 10**country.local_digits
    return f"{country.phone_prefixes[place]}{digits:0{country.local_digits}d}"
