"""Small worlds that have glued strangers together, or torn people apart, in other systems.

Each trap plants rows under ids of its own, so that all of them fit into one warehouse, and says
which records must be one person and which must not.
"""

from itertools import count

from tests.integration.identity.namesakes import NAMESAKES
from tests.integration.identity.trap import NOON, Trap


def all_traps() -> list[Trap]:
    """Return every trap."""
    return [make() for make in TRAPS]


def chain_of_devices() -> Trap:
    """A thousand cookies, each sharing a device with the next, are one visitor."""
    trap = Trap("chain")
    keys = set()
    for number in range(1000):
        keys.add(trap.visit(2 * number, f"cookie{number:04}", device_id=f"chain-dev{number}"))
        keys.add(
            trap.visit(2 * number + 1, f"cookie{number:04}", device_id=f"chain-dev{number + 1}")
        )
    trap.together = [keys]
    return trap


def star_of_orders() -> Trap:
    """Ten thousand orders of one login are one customer."""
    trap = Trap("star")
    keys = {"shop:customer:star-u"}
    for number in range(10_000):
        order_id = f"star-{number:05}"
        trap.rows["shop.orders"].append(
            {
                "order_id": order_id,
                "ordered_at": NOON,
                "amount": "1.00",
                "user_id": "star-u",
                "email": "star@people.org" if number % 2 else None,
            }
        )
        if number % 2:
            keys.add(f"shop:order:{order_id}")
    trap.together = [keys]
    return trap


def kiosk_address() -> Trap:
    """A thousand receipts with the till's own address are a thousand strangers."""
    trap = Trap("kiosk")
    trap.all_apart(trap.receipt(n, email="desk.seven@retailer.org") for n in range(1000))
    return trap


def card_of_strangers() -> Trap:
    """A card that the till hands to everyone joins nobody."""
    trap = Trap("tillcard")
    trap.all_apart(
        trap.receipt(n, loyalty_id="tillcard-1", email=f"guest{n}@strangers.org")
        for n in range(300)
    )
    return trap


def family_phone() -> Trap:
    """Three people with one phone stay three; a nameless receipt on it is nobody's."""
    trap = Trap("family")
    phone = "+79161110001"
    people = [
        trap.contact(1, first_name="Анна", last_name="Смирнова", phone=phone),
        trap.contact(
            2, first_name="Пётр", last_name="Смирнов", phone="8 (916) 111-00-01", country="RU"
        ),
        trap.contact(3, first_name="Ольга", last_name="Смирнова", phone="7 916 1110001"),
    ]
    trap.all_apart([*people, trap.receipt(4, phone=phone)])
    return trap


def nameless_receipts() -> Trap:
    """Receipts with the phone of one person are that person's."""
    trap = Trap("owner")
    owner = trap.contact(1, first_name="Greta", last_name="Lang", phone="+491701110002")
    trap.together = [{owner, *(trap.receipt(n, phone="0170 1110002") for n in range(2, 6))}]
    return trap


def one_home_many_writings() -> Trap:
    """Abbreviations, left out words and a left out postcode do not make two homes of one."""
    trap = Trap("home")
    homes = [
        [
            {"street": "ул. Ленина, д. 5, кв. 17", "city": "Казань", "postcode": "420015"},
            {"street": "УЛИЦА ЛЕНИНА Д.5 КВ.17", "city": "Казань", "postcode": "420015"},
            {"street": "Ленина 5-17", "city": "г. Казань"},
        ],
        [{"street": "проспект Ленина, 5-17", "city": "Казань", "postcode": "420015"}],
        [{"street": "ул. Мира, д. 5, кв. 17", "city": "Казань", "postcode": "420015"}],
        [{"street": "Ленина 5-17", "city": "Самара"}],
        [
            {"street": "Goethe-Straße 5 a", "city": "Köln", "postcode": "50667"},
            {"street": "Goethestr. 5A", "city": "Köln", "postcode": "50667"},
        ],
        [
            {"street": "12 Elm Street, Apt. 4", "city": "Seattle", "postcode": "98101"},
            {"street": "12 Elm St #4", "city": "Seattle", "postcode": "98101"},
        ],
        [{"street": "12 Elm Ave #4", "city": "Seattle", "postcode": "98101"}],
        [
            {"street": "3 bd Saint-Michel, appt 2", "city": "Paris", "postcode": "75005"},
            {"street": "3 boulevard St Michel 2", "city": "Paris", "postcode": "75005"},
        ],
    ]
    numbers = count(1)
    for home in homes:
        name = {"first_name": "Alma", "last_name": "Tamm"}
        trap.together.append({trap.contact(next(numbers), **name, **address) for address in home})
    trap.all_apart(min(keys) for keys in trap.together)
    return trap


def reissued_card() -> Trap:
    """A card that passed to another person joins its two owners no more than its till rows do."""
    trap = Trap("reissued")
    first = trap.contact(1, first_name="Lena", last_name="Brandt", email="lena@people.org")
    second = trap.contact(2, first_name="Oskar", last_name="Kohl", email="oskar@people.org")
    trap.receipt(3, loyalty_id="reissued-1", email="lena@people.org")
    trap.receipt(4, loyalty_id="reissued-1", email="oskar@people.org")
    trap.apart = [(first, second)]
    return trap


def blocked_bridge() -> Trap:
    """Two circles of records with a receipt that has a contact of each stay two people."""
    trap = Trap("bridge")
    circles = [
        [trap.contact(10 * circle + n, first_name=first, last_name=last,
                      email=f"bridge{circle}@people.org", phone=f"+7916111001{circle}")
         for n in range(5)]
        for circle, (first, last) in enumerate((("Anna", "Lebedeva"), ("Boris", "Orlov")))
    ]  # fmt: skip
    trap.receipt(99, email="bridge0@people.org", phone="+79161110011")
    trap.together = [set(circle) for circle in circles]
    trap.apart = [(circles[0][0], circles[1][0])]
    return trap


def junk_values() -> Trap:
    """Values that stand for nothing tie nobody to anybody."""
    trap = Trap("junk")
    for value in (
        "null",
        "undefined",
        "[object Object]",
        "NaN",
        "test@test",
        "noreply@shop.org",
        "kasse-12@shop.org",
        "-",
    ):
        trap.all_apart(
            trap.contact(len(trap.rows["crm.contacts"]), email=value, phone="000-000-0000")
            for _ in range(3)
        )
    for login in ("undefined", "null", "[object Object]"):
        trap.all_apart(
            trap.visit(
                len(trap.rows["web.events"]), f"c{len(trap.rows['web.events'])}", user_id=login
            )
            for _ in range(3)
        )
    return trap


def shared_computer() -> Trap:
    """Two people who log in on one cookie stay two, and the cookie is nobody's."""
    trap = Trap("computer")
    trap.visit(1, "c", user_id="computer-a")
    cookie = trap.visit(2, "c", user_id="computer-b")
    trap.apart = [
        ("web:account:computer-a", "web:account:computer-b"),
        ("web:account:computer-a", cookie),
        ("web:account:computer-b", cookie),
    ]
    return trap


def one_person_many_spellings() -> Trap:
    """Scripts, short forms, typing errors and number formats do not make two people of one."""
    trap = Trap("spelling")
    trap.together = [
        {
            trap.contact(1, first_name="Александр", last_name="Семёнов", phone="8 (916) 111-00-20",
                         country="RU"),
            trap.contact(2, first_name="Sasha", last_name="Semenov", phone="+7 916 111 00 20"),
            trap.contact(3, first_name="АЛЕКСАНДР", last_name="СЕМЕНОВ", phone="79161110020"),
            trap.contact(4, first_name="Александ", last_name="Семенов", phone="007 916 111 00 20"),
        },
        {
            trap.contact(5, first_name="William", last_name="O'Neil", email=" Bill.O@People.ORG "),
            trap.contact(6, first_name="Bill", last_name="ONeil", email="bill.o@people.org"),
        },
        {trap.contact(7, first_name="Иван", last_name="Лебедь", birth_date="1984-11-21"),
         trap.contact(8, first_name="Лебедь", last_name="Иван", birth_date="1984-11-21")},
        {trap.contact(9, first_name="Vera", last_name="Lind", phone="+46701110022"),
         trap.receipt(10, phone="+46701110022", email="v.lind@people.org"),
         trap.contact(11, first_name="Vera", last_name="Lind", email="v.lind@people.org")},
    ]  # fmt: skip
    return trap


def many_addresses() -> Trap:
    """A chain of fifty addresses is longer than a person, and is cut where it must be."""
    trap = Trap("addresses")
    for number in range(50):
        trap.contact(2 * number, first_name="Ivan", last_name="Frolov",
                     email=f"ivan{number}@people.org", phone=f"+79162{number:06}")  # fmt: skip
        trap.contact(
            2 * number + 1, first_name="Ivan", last_name="Frolov",
            email=f"ivan{number + 1}@people.org", phone=f"+79162{number:06}",
        )  # fmt: skip
    return trap


TRAPS = (
    chain_of_devices,
    star_of_orders,
    kiosk_address,
    card_of_strangers,
    family_phone,
    nameless_receipts,
    *NAMESAKES,
    one_home_many_writings,
    reissued_card,
    blocked_bridge,
    junk_values,
    shared_computer,
    one_person_many_spellings,
    many_addresses,
)
