"""Orders of the web shop, by account or as a guest."""

from dataclasses import dataclass

from demo_company.catalog import BasketLine, line_rows, money, total
from demo_company.people import Person
from demo_company.records import remember
from demo_company.scene import Scene
from demo_company.spelling import spelt_email, spelt_phone
from demo_company.timeline import DAY, utc_text

OPEN_AFTER = 4 * DAY


@dataclass(frozen=True, slots=True)
class Campaign:
    """What brought a visitor."""

    source: str = ""
    medium: str = ""
    name: str = ""
    referrer: str = ""

    def columns(self) -> dict[str, str]:
        """Return the columns of an order or event."""
        return {
            "utm_source": self.source,
            "utm_medium": self.medium,
            "utm_campaign": self.name,
        }


DIRECT = Campaign()
CAMPAIGNS = (
    DIRECT,
    DIRECT,
    DIRECT,
    Campaign(referrer="https://search.example/"),
    Campaign(referrer="https://news.example/style"),
    Campaign("newsletter", "email", "weekly_news"),
    Campaign("findly", "cpc", "brand_search", "https://search.example/"),
    Campaign("findly", "cpc", "season_sale", "https://search.example/"),
    Campaign("picstream", "paid_social", "lookbook", "https://picstream.example/"),
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the web visit that led to it needs to know it."""

    order_id: str
    placed_at: int
    user_id: str
    email: str
    lines: list[BasketLine]
    campaign: Campaign


def write_orders(scene: Scene, person: Person) -> list[Order]:
    """Write a person's orders; return them for the visits."""
    orders = [
        _draw_order(scene, person, scene.chance.between(*person.active))
        for _ in range(scene.chance.count(person.habits.orders))
    ]
    for order in orders:
        _write_order(scene, person, order)
    return orders


def _draw_order(scene: Scene, person: Person, placed_at: int) -> Order:
    chance = scene.chance
    user_id = person.account_at(placed_at) if chance.happens(0.9) else ""
    gives_email = not user_id or chance.happens(0.7)
    email = spelt_email(chance, person.any_email(chance, placed_at)) if gives_email else ""
    return Order(
        order_id=scene.serials.label("O"),
        placed_at=placed_at,
        user_id=user_id,
        email=email,
        lines=scene.catalog.basket(chance, person.country),
        campaign=chance.pick(CAMPAIGNS),
    )


def _write_order(scene: Scene, person: Person, order: Order) -> None:
    chance = scene.chance
    number = person.phone.at(order.placed_at)
    phone = spelt_phone(chance, person.country, number, 0.1) if chance.happens(0.3) else ""
    is_open = order.placed_at > scene.timeline.until - OPEN_AFTER
    has_coupon = chance.happens(0.08)
    row = {
        **order.campaign.columns(),
        "order_id": order.order_id,
        "ordered_at": utc_text(order.placed_at),
        "amount": money(total(order.lines)),
        "user_id": order.user_id,
        "email": order.email,
        "phone": phone,
        "status": "paid" if is_open else chance.pick_early(("completed",) * 9 + ("cancelled",)),
        "currency": person.country.currency,
        "discount": money(sum(line.discount for line in order.lines)),
        "coupon_code": chance.pick(("WELCOME", "SPRING", "THANKS")) if has_coupon else "",
    }
    scene.landing.write("shop.orders", row)
    for line in line_rows({"order_id": order.order_id}, order.lines):
        scene.landing.write("shop.order_lines", line)
    if order.email or phone:
        remember(scene, person, ("shop", "order", order.order_id))
