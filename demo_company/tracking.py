"""What the tracker sends: the events of one visit, with its junk and its doubled sends."""

from dataclasses import dataclass

from demo_company.catalog import Product, money, total
from demo_company.chance import Chance
from demo_company.devices import Device
from demo_company.households import Household
from demo_company.orders import Campaign, Order
from demo_company.people import Person
from demo_company.scene import Scene
from demo_company.spelling import JUNK_IDS
from demo_company.timeline import HOUR, MINUTE, utc_text

SITE = "https://www.shop.example"
SEARCHES = {
    "RU": ("свитер", "лампа", "ботинки", "подарок", "кружка"),
    "DE": ("pullover", "lampe", "stiefel", "geschenk", "tasse"),
    "US": ("sweater", "lamp", "boots", "gift", "mug"),
}
WITH_EMAIL = {"sign_up", "subscribe_product", "purchase"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done on the site."""

    event_name: str
    product: Product | None = None
    quantity: int = 1
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit on one device; the login is known from one of its steps on."""

    person: Person
    device: Device
    steps: list[Step]
    begins_at: int
    known_from: int
    user_id: str
    email: str
    campaign: Campaign


def write_visit(scene: Scene, household: Household, visit: Visit) -> None:
    """Write the events of a visit."""
    chance = scene.chance
    shared_columns = _visit_columns(scene, visit)
    anonymous_id = shared_columns["anonymous_id"]
    if anonymous_id == visit.device.cookie:
        household.cookie_users.setdefault(anonymous_id, set()).add(visit.person.entity_id)

    user_id = _unknown_user(chance)
    for number, (moment, step) in enumerate(_timed(scene, visit)):
        if visit.user_id and number >= visit.known_from:
            user_id = visit.user_id
            _note_account(scene, visit)
        row: dict[str, object] = {
            **shared_columns,
            **_step_columns(scene, visit, step),
            **(_arrival_columns(visit) if number == 0 else {}),
            "event_id": f"ev{scene.serials.number('event'):010x}",
            "event_name": step.event_name,
            "occurred_at": utc_text(moment),
            "received_at": utc_text(_reception(scene, moment)),
            "user_id": user_id,
        }
        _send(scene, row, moment)


def _visit_columns(scene: Scene, visit: Visit) -> dict[str, str]:
    chance, device = scene.chance, visit.device
    return {
        "anonymous_id": chance.pick(JUNK_IDS) if chance.happens(0.004) else device.cookie,
        "device_id": device.device_id,
        "session_id": f"s{scene.serials.number('session'):010x}",
        "platform": device.platform,
        "app_id": "shop" if device.platform == "web" else f"shop-{device.platform}",
        "user_agent": device.user_agent,
        "country": visit.person.country.code,
        "city": visit.person.home.now.city.latin_name,
    }


def _arrival_columns(visit: Visit) -> dict[str, str]:
    """Tell where the visitor came from; trackers note it once, on arrival."""
    campaign = visit.campaign
    is_paid = campaign.medium in {"cpc", "paid_social"}
    return {
        **campaign.columns(),
        "referrer": campaign.referrer,
        "click_id": f"clk{visit.begins_at:x}" if is_paid else "",
    }


def _step_columns(scene: Scene, visit: Visit, step: Step) -> dict[str, object]:
    columns: dict[str, object] = {"page_url": f"{SITE}/", "page_title": "Shop"}
    if step.event_name in WITH_EMAIL:
        columns["email"] = visit.email
    if step.event_name == "search":
        columns["search_query"] = scene.chance.pick(SEARCHES[visit.person.country.code])
    if step.product:
        columns |= _product_columns(visit, step, step.product)
    if step.order:
        columns |= {
            "order_id": step.order.order_id,
            "amount": money(total(step.order.lines)),
            "currency": visit.person.country.currency,
        }
    return columns


def _product_columns(visit: Visit, step: Step, product: Product) -> dict[str, object]:
    country = visit.person.country
    return {
        "page_url": f"{SITE}/product/{product.product_id}",
        "page_title": product.name,
        "product_id": product.product_id,
        "quantity": step.quantity,
        "amount": money(product.price * country.price_factor * step.quantity),
        "currency": country.currency,
        "properties": f'{{"category": "{product.category}"}}',
    }


def _timed(scene: Scene, visit: Visit) -> list[tuple[int, Step]]:
    """Give each step its moment; a purchase is the end of its visit, not the beginning."""
    gaps = [scene.chance.between(8, 140) for _ in visit.steps]
    is_purchase = visit.steps[-1].order is not None
    moment = visit.begins_at - (sum(gaps) if is_purchase else gaps[0])
    timed = []
    for gap, step in zip(gaps, visit.steps, strict=True):
        moment += gap
        timed.append((scene.timeline.capped(moment), step))
    return timed


def _reception(scene: Scene, moment: int) -> int:
    """Return when an event arrived: soon, or when a phone was back in reach."""
    chance = scene.chance
    delay = chance.between(1, 20 * HOUR) if chance.happens(0.01) else chance.between(0, 4)
    return scene.timeline.capped(moment + delay)


def _unknown_user(chance: Chance) -> str:
    """Return what the tracker sends before a login: nothing, or what a faulty page makes of it."""
    return chance.pick(JUNK_IDS) if chance.happens(0.008) else ""


def _note_account(scene: Scene, visit: Visit) -> None:
    record = ("web", "account", visit.user_id)
    if record not in visit.person.records:
        visit.person.records.append(record)
        scene.landing.write_truth(record, visit.person.entity_id)


def _send(scene: Scene, row: dict[str, object], moment: int) -> None:
    """Send an event; a few are sent again after a lost answer."""
    scene.landing.write("web.events", row)
    if scene.chance.happens(0.004):
        again_at = utc_text(_reception(scene, moment + MINUTE))
        scene.landing.write("web.events", {**row, "received_at": again_at})
