"""Small worlds that have glued strangers together, or torn people apart, in other systems.

Each trap plants rows under ids of its own, so that all of them fit into one warehouse, and says
which records must be one person and which must not.
"""

from itertools import count

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


def father_and_son() -> Trap:
    """One name and one home, but contacts and birthdays of their own: two people."""
    trap = Trap("junior")
    home = {"street": "12 Elm Street", "postcode": "98101", "city": "Seattle", "country": "US"}
    name = {"first_name": "John", "last_name": "Carter"}
    father = trap.contact(1, **name, **home, birth_date="1958-03-02", email="john58@people.org")
    son = trap.contact(2, **name, **home, birth_date="1987-11-19", email="john87@people.org")
    trap.apart = [(father, son)]
    return trap


def sons_of_other_fathers() -> Trap:
    """One name, phone and home, but two patronymics: two people, whatever stands between."""
    trap = Trap("patronymic")
    shared = {"last_name": "Иванов", "phone": "+79161110077", "street": "ул. Ленина, д. 7",
              "postcode": "101000", "country": "RU"}  # fmt: skip
    one = trap.contact(1, first_name="Иван", middle_name="Петрович", **shared)
    other = trap.contact(2, first_name="Иван Сергеевич", **shared)
    between = trap.contact(3, first_name="Иван", **shared)
    foreign = trap.contact(4, first_name="Ivan", middle_name="Petrovich", **shared)
    initial = trap.contact(5, first_name="Иван П.", email="ivan77@people.org", **shared)
    same = trap.contact(6, first_name="Иван", middle_name="Птерович", email="ivan77@people.org")
    trap.together = [{one, foreign}, {initial, same}]
    trap.apart = [(one, other), (between, other), (foreign, other)]
    return trap


def namesakes_on_one_phone() -> Trap:
    """One name and phone, but two birthdays: two people, whatever stands between.

    Of one who has two birthdays in two systems, an e-mail address tells.
    """
    trap = Trap("birthdays")
    shared = {"first_name": "Evsey", "last_name": "Morozow", "phone": "+491701110088"}
    father = trap.contact(1, birth_date="1962-12-28", **shared)
    son = trap.contact(2, birth_date="1985-07-11", **shared)
    trap.contact(3, **shared)
    trap.receipt(4, phone="+491701110088")
    trap.apart = [(father, son)]

    one = {"first_name": "Ada", "last_name": "Morozow", "email": "ada.morozow@people.org"}
    first = trap.contact(11, birth_date="1962-12-28", **one)
    second = trap.contact(12, birth_date="1985-07-11", **one)
    slip = trap.contact(15, **one | {"last_name": "Morosow", "birth_date": "1985-07-11"})
    receipt = trap.receipt(14, email=one["email"])
    trap.together = [{first, second, slip, trap.contact(13, **one), receipt}]
    return trap


def wrong_birthday_in_a_family() -> Trap:
    """One wrong birth date is excused, and no other name with it."""
    trap = Trap("wrong")
    name = {"first_name": "Иван", "last_name": "Белов"}
    shared = name | {"email": "ivan.belov@people.org"}
    first, second = {"birth_date": "1962-12-28"}, {"birth_date": "1985-07-11"}
    trap.together = [{trap.contact(1, **shared, **first), trap.contact(2, **shared, **second)}]
    one = trap.contact(3, **name, **first, middle_name="Петрович", phone="+79161110091")
    other = trap.contact(4, **name, **second, middle_name="Иванович", phone="+79161110092")
    trap.apart = [(one, other)]
    return trap


def receipts_of_namesakes() -> Trap:
    """Receipts on the phone of two who have one name and may not be one are neither's.

    Eight times, since it was by the chance of numbers that they once were somebody's.
    """
    trap = Trap("namesakes")
    for n in range(0, 80, 10):
        phone, email = f"+791611102{n:02}", f"gromov{n}@people.org"
        shared = {"last_name": "Громов", "first_name": "Иван", "phone": phone}
        one = trap.contact(n + 1, middle_name="Петрович", email=email, **shared)
        other = trap.contact(n + 2, middle_name="Сергеевич", **shared)
        receipts = [trap.receipt(n + number, phone=phone) for number in (3, 4)]
        if n % 20:
            # The first receipt on the phone has one of the two already, by the address.
            trap.together.append({one, trap.receipt(n, phone=phone, email=email)})
        trap.apart += [(one, other), *((who, key) for who in (one, other) for key in receipts)]
    return trap


def western_middle_names() -> Trap:
    """Who gives now one of several names, now an initial and now none is one person."""
    trap = Trap("middle")
    shared = {"last_name": "Berg", "email": "anna.berg@people.org"}
    trap.together = [
        {
            trap.contact(1, first_name="Anna Maria", **shared),
            trap.contact(2, first_name="Anna M.", **shared),
            trap.contact(3, first_name="Anna", **shared),
            trap.contact(4, first_name="Anna", middle_name="Ingrid", **shared),
        }
    ]
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


def twins() -> Trap:
    """One home, one family name, one birthday, two first names: two people."""
    trap = Trap("twins")
    shared = {"last_name": "Weber", "birth_date": "1992-07-14", "street": "Am Markt 3",
              "postcode": "50667", "phone": "+491701110003"}  # fmt: skip
    trap.apart = [
        (
            trap.contact(1, first_name="Klara", **shared),
            trap.contact(2, first_name="Jonas", **shared),
        )
    ]
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
    father_and_son,
    sons_of_other_fathers,
    namesakes_on_one_phone,
    wrong_birthday_in_a_family,
    receipts_of_namesakes,
    western_middle_names,
    one_home_many_writings,
    twins,
    reissued_card,
    blocked_bridge,
    junk_values,
    shared_computer,
    one_person_many_spellings,
    many_addresses,
)
