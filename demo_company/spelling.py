"""How one fact is written differently each time: letter case, typos, nicknames, formats, gaps."""

from collections.abc import Callable

from demo_company.chance import Chance
from demo_company.latin import in_latin
from demo_company.locales import Country
from demo_company.people import Home, Naming

JUNK_IDS = ("undefined", "null", "[object Object]")
JUNK_EMAILS = ("test@test", "noreply@shop.example", "info@shop.example", "test@test")
JUNK_PHONES = ("000-000-0000", "0000000000", "undefined")


def spelt_email(chance: Chance, email: str) -> str:
    """Write an address: mostly as it is, else with other case, spaces or a tag."""
    if chance.happens(0.8):
        return email
    local_part, domain = email.split("@")
    return chance.pick(
        (
            email.upper(),
            email.title(),
            f" {email}",
            f"{email} ",
            f"{local_part.title()}@{domain}",
            f"{local_part}@{domain.upper()}",
            f"{local_part}+shop@{domain}",
        )
    )


def spelt_phone(chance: Chance, country: Country, digits: str, national: float = 0.7) -> str:
    """Write a number in one of the country's formats; some share of them national ones."""
    forms = country.phone_forms if chance.happens(national) else country.international_forms
    left = iter(digits)
    return "".join(next(left) if mark == "#" else mark for mark in chance.pick(forms))


def spelt_names(chance: Chance, country: Country, naming: Naming) -> dict[str, str]:
    """Write first, middle and last name as somebody typed them."""
    first, middle, last = naming.first_name, naming.middle_name, naming.last_name

    if first in country.nicknames and chance.happens(0.09):
        first = chance.pick(country.nicknames[first])
    if chance.happens(0.03):
        last = mistyped(chance, last)
    if chance.happens(0.02):
        first = mistyped(chance, first)
    # Few keyboards are used for ё.
    if chance.happens(0.6):
        first, last = first.replace("ё", "е"), last.replace("ё", "е")
    if chance.happens(0.015):
        first, middle, last = in_latin(first), in_latin(middle), in_latin(last)
    if chance.happens(0.012):
        first, last = last, first
    return _in_some_case(chance, {"first_name": first, "middle_name": middle, "last_name": last})


def _in_some_case(chance: Chance, names: dict[str, str]) -> dict[str, str]:
    if chance.happens(0.85):
        return names
    changes = (str.upper, str.lower, lambda name: f" {name}", lambda name: f"{name} ")
    change: Callable[[str], str] = chance.pick(changes)
    return {column: change(name) if name else name for column, name in names.items()}


def mistyped(chance: Chance, word: str) -> str:
    """Make one slip of the fingers: two letters swapped, one lost, one doubled."""
    if len(word) < len("Anna"):
        return word
    place = chance.between(1, len(word) - 2)
    before, letter, following, rest = word[:place], word[place], word[place + 1], word[place + 2 :]
    return chance.pick(
        (
            before + following + letter + rest,
            before + following + rest,
            before + letter + letter + following + rest,
        )
    )


def spelt_home(chance: Chance, country: Country, home: Home) -> dict[str, str]:
    """Write an address, with the abbreviations of its country."""
    street = home.street
    if chance.happens(0.3):
        street = street.replace(*chance.pick(country.street_forms))
    if chance.happens(0.1):
        street = street.upper()
    return {
        "street": street,
        "city": home.city.latin_name if chance.happens(0.06) else home.city.name,
        "region": home.city.region,
        "postcode": home.postcode,
    }
