"""Traps of people who have a name in common, or all but the first of it."""

from tests.integration.identity.trap import Trap


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


NAMESAKES = (
    father_and_son,
    sons_of_other_fathers,
    namesakes_on_one_phone,
    wrong_birthday_in_a_family,
    receipts_of_namesakes,
    western_middle_names,
    twins,
)
