"""Thousands of small worlds that hypothesis makes up, each a case of its own in one warehouse.

A world is a handful of records that share names, homes, contacts, cards and logins in any way. No
two worlds have a value in common, so that what becomes of one is independent of the others.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

NOON = "2026-03-01T12:00:00Z"
# The rows of these tables say who somebody is; those of the others have contacts at most.
DESCRIBING = {"crm.contacts": "contact_id", "pos.loyalty_members": "loyalty_id"}
CONTACTING: dict[str, dict[str, Any]] = {
    "pos.transactions": {"occurred_at": NOON, "amount": "1.00"},
    "shop.orders": {"ordered_at": NOON, "amount": "1.00"},
    "service.tickets": {"created_at": NOON},
    "web.events": {"occurred_at": NOON, "event_name": "page_view"},
}
FIRST_NAMES = (("Aleksandr", "Sasha", "A."), ("Boris", "Borya", "B."), ("Klara", "Klara", "K."))
LAST_NAMES = ("Ka{}ryn", "Ka{}ryn", "Zhu{}ev")
SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
HOMES = ((10_000, "Elm Street"), (50_000, "Oak Lane"))
JUNK = -1
JUNK_EMAILS = ("test@test", "noreply@shop.org", "null", "undefined", "[object Object]", "NaN")
JUNK_PHONES = ("000-000-0000", "1234567", "-", "99999999999")

Row = Mapping[str, Any]
Choice = int | None


class Details(NamedTuple):
    """Who a record says it is about: which person, how spelt, born when, living where."""

    person: Choice
    spelling: int
    birth_date: Choice
    slip: int
    home: Choice


class Contacts(NamedTuple):
    """Which of its world's values a record carries."""

    email: Choice
    phone: Choice
    card: Choice
    login: Choice


@dataclass(frozen=True)
class World:
    """Records as hypothesis drew them: small numbers that become values of this world alone."""

    number: int
    records: Sequence[tuple[str, Details, Contacts]]

    def rows(self, junk: int) -> Iterator[tuple[str, Row]]:
        """Return landing tables and rows; `junk` decides which values stand for nothing."""
        for place, (table, details, contacts) in enumerate(self.records):
            key = f"{self._tag}-{place}"
            if table in DESCRIBING:
                reached = self._contacts(contacts, junk + place)
                yield table, {DESCRIBING[table]: key, **reached, **self._details(details)}
            else:
                reached = self._contacts(contacts, None)
                yield table, {**CONTACTING[table], **reached, **self._ids(table, key, contacts)}

    @property
    def _tag(self) -> str:
        return f"w{self.number:04}"

    def _contacts(self, contacts: Contacts, junk: Choice) -> Row:
        email, phone = contacts.email, contacts.phone
        row = {
            "email": f"{email}of{self.number}@people.org" if email is not None else None,
            "phone": f"+79{100_000 + self.number}{500 + phone}" if phone is not None else None,
        }
        if email == JUNK:
            row["email"] = None if junk is None else JUNK_EMAILS[junk % len(JUNK_EMAILS)]
        if phone == JUNK:
            row["phone"] = None if junk is None else JUNK_PHONES[junk % len(JUNK_PHONES)]
        return row

    def _details(self, details: Details) -> Row:
        row: dict[str, Any] = {}
        if details.person is not None:
            row["first_name"] = FIRST_NAMES[details.person][details.spelling]
            row["last_name"] = LAST_NAMES[details.person].format(_spelt(self.number))
        if details.birth_date is not None:
            # Two days for each person of each world, the right one and one a slip away.
            days = 8000 * details.birth_date + 3 * self.number + details.slip
            row["birth_date"] = str(date(1920, 1, 1) + timedelta(days))
        if details.home is not None:
            first_postcode, street = HOMES[details.home]
            row["street"] = f"{self.number} {street}"
            row["postcode"] = str(first_postcode + self.number)
        return row

    def _ids(self, table: str, key: str, contacts: Contacts) -> Row:
        card = None if contacts.card is None else f"{self._tag}-card{contacts.card}"
        login = None if contacts.login is None else f"{self._tag}-login{contacts.login}"
        return {
            "pos.transactions": {"transaction_id": key, "loyalty_id": card},
            "shop.orders": {"order_id": key, "user_id": login},
            "service.tickets": {"ticket_id": key},
            "web.events": {
                "event_id": key, "user_id": login, "anonymous_id": card or f"{self._tag}-cookie",
            },
        }[table]  # fmt: skip


def world_of(record_key: str) -> int | None:
    """Return the number of the world that a record is from."""
    found = re.search(r":w(\d{4})-", record_key)
    return int(found[1]) if found else None


def random_worlds(count: int) -> list[World]:
    """Draw worlds: mostly of few records, some of a person who has more than people have."""
    drawn: list[World] = []
    few = _records(people=3, values=2, most=5)
    many = _records(people=1, values=14, most=16)

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(few, few, few, many))
    def draw(records: list[tuple[str, Details, Contacts]]) -> None:
        drawn.append(World(len(drawn), records))

    draw()
    return drawn


def _records(people: int, values: int, most: int) -> st.SearchStrategy[Any]:
    """Draw records of so many people and values; in few draws, which are what takes the time."""
    who, which = [None, *range(people)], [None, *range(values)]
    details = itertools.product(who, range(3), who, range(2), [None, 0, 1])
    contacts = itertools.product([JUNK, *which], [JUNK, *which], which, which)
    record = st.tuples(
        st.sampled_from([*DESCRIBING, *DESCRIBING, *CONTACTING]),
        st.sampled_from([Details(*choice) for choice in details]),
        st.sampled_from([Contacts(*choice) for choice in contacts]),
    )
    return st.lists(record, min_size=3, max_size=most)


def _spelt(number: int) -> str:
    """Spell a number in syllables, for a name that no other world has."""
    hundreds, rest = divmod(number, len(SYLLABLES))
    return SYLLABLES[hundreds] + SYLLABLES[rest]
