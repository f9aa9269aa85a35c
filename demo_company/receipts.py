"""Till receipts: with a card, with an e-mail or phone of their own, with junk, with nothing."""

from dataclasses import dataclass

from demo_company.catalog import BasketLine, Store, line_rows, money, total
from demo_company.locales import COUNTRY_MIX
from demo_company.people import Person
from demo_company.records import remember
from demo_company.scene import Scene
from demo_company.spelling import spelt_email, spelt_phone
from demo_company.timeline import DAY, local_text

DEFAULT_CARD = "0000000000"
KIOSK_EMAIL = "kiosk@shop.example"
ANONYMOUS_SHARE = 0.4


@dataclass(slots=True)
class ReceiptCount:
    """How many receipts were written, to keep the share of anonymous ones."""

    identified: int = 0
    anonymous: int = 0

    def missing_anonymous(self) -> int:
        """Return how many anonymous receipts are needed to reach their share."""
        wanted = round(self.identified * ANONYMOUS_SHARE / (1 - ANONYMOUS_SHARE))
        return max(0, wanted - self.anonymous)


@dataclass(frozen=True, slots=True)
class Purchase:
    """What happened at a till, before anybody is named."""

    store: Store
    moment: int
    lines: list[BasketLine]


def write_receipts(scene: Scene, person: Person, count: ReceiptCount) -> None:
    """Write a person's purchases in shops, and what they brought back."""
    chance = scene.chance
    stores = scene.catalog.stores_near(person.country, person.home.now.city.name)

    for _ in range(chance.count(person.habits.receipts)):
        store = chance.pick(stores)
        offset = store.country.utc_offset
        moment = scene.timeline.opening_moment(chance, person.active, offset)
        purchase = Purchase(store, moment, scene.catalog.basket(chance, store.country))
        whose = _identification(scene, person, moment)
        transaction_id = _write_receipt(scene, purchase, whose)

        if _has_own_contact(whose):
            remember(scene, person, ("pos", "receipt", transaction_id))
        if any(whose.values()):
            count.identified += 1
        else:
            count.anonymous += 1
        if chance.happens(0.045):
            count.identified += _write_return(scene, purchase, whose, transaction_id)


def write_passers_by(scene: Scene, count: ReceiptCount) -> None:
    """Write the receipts of nobody in particular, and those of the tills' default card."""
    for _ in range(count.identified // 60):
        is_kiosk = scene.chance.happens(0.3)
        _write_stranger(scene, {"email": KIOSK_EMAIL} if is_kiosk else {"loyalty_id": DEFAULT_CARD})
        count.identified += 1

    for _ in range(count.missing_anonymous()):
        _write_stranger(scene, {})
        count.anonymous += 1


def _write_stranger(scene: Scene, whose: dict[str, str]) -> None:
    chance, timeline = scene.chance, scene.timeline
    country = chance.pick(COUNTRY_MIX)
    store = chance.pick([store for store in scene.catalog.stores if store.country is country])
    span = (timeline.start, timeline.until)
    moment = timeline.opening_moment(chance, span, country.utc_offset)
    _write_receipt(scene, Purchase(store, moment, scene.catalog.basket(chance, country)), whose)


def _identification(scene: Scene, person: Person, moment: int) -> dict[str, str]:
    """Draw how somebody makes themselves known at the till: card, digital receipt, or not."""
    chance = scene.chance
    whose: dict[str, str] = {}
    if person.cards and chance.happens(0.88):
        whose["loyalty_id"] = person.cards[-1] if chance.happens(0.8) else person.cards[0]
    if chance.happens(0.08 if whose else 0.3):
        whose["email"] = spelt_email(chance, person.any_email(chance, moment))
    elif chance.happens(0.03):
        # A till has no column for the country, so it mostly writes the whole number.
        whose["phone"] = spelt_phone(chance, person.country, person.phone.at(moment), 0.1)
    elif chance.happens(0.012):
        whose["email"] = KIOSK_EMAIL
    return whose


def _has_own_contact(whose: dict[str, str]) -> bool:
    return "phone" in whose or whose.get("email", KIOSK_EMAIL) != KIOSK_EMAIL


def _write_receipt(scene: Scene, purchase: Purchase, whose: dict[str, str]) -> str:
    transaction_id = scene.serials.label("T")
    kind = "sale" if purchase.store.names_sales else ""
    row = {**whose, "transaction_id": transaction_id, "kind": kind}
    _write_rows(scene, purchase, row, sign=1)
    return transaction_id


def _write_return(scene: Scene, purchase: Purchase, whose: dict[str, str], original_id: str) -> int:
    """Bring the first product back within a month; return how many receipts that makes."""
    moment = purchase.moment + scene.chance.between(1, 30) * DAY
    card = {"loyalty_id": whose["loyalty_id"]} if "loyalty_id" in whose else {}
    if moment > scene.timeline.until or not card:
        return 0

    row = {
        **card,
        "transaction_id": scene.serials.label("T"),
        "kind": "return",
        "original_transaction_id": original_id,
    }
    returned = Purchase(purchase.store, moment, purchase.lines[:1])
    sign = -1 if purchase.store.writes_returns_negative else 1
    _write_rows(scene, returned, row, sign)
    return 1


def _write_rows(scene: Scene, purchase: Purchase, row: dict[str, str], sign: int) -> None:
    store = purchase.store
    scene.landing.write(
        "pos.transactions",
        {
            **row,
            "occurred_at": local_text(purchase.moment, store.country.utc_offset),
            "amount": money(sign * total(purchase.lines)),
            "store_id": store.store_id,
            "register_id": f"{store.store_id}-R{scene.chance.between(1, 4)}",
            "currency": store.country.currency,
        },
    )
    owner: dict[str, object] = {"transaction_id": row["transaction_id"]}
    for line in line_rows(owner, purchase.lines, sign):
        scene.landing.write("pos.transaction_lines", line)
