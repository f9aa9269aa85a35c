"""Visits of the web shop and its apps: browsing, carts, check-outs and logins."""

from dataclasses import dataclass

from demo_company.catalog import Product
from demo_company.chance import Chance
from demo_company.devices import Device, draw_devices
from demo_company.households import Household
from demo_company.orders import CAMPAIGNS, Campaign, Order
from demo_company.people import Person
from demo_company.scene import Scene
from demo_company.timeline import DAY, HOUR
from demo_company.tracking import Step, Visit, write_visit

# In browsing, how often each thing is the next step.
BROWSING = (
    ("page_view",) * 5
    + ("product_view",) * 8
    + ("search",) * 2
    + ("add_to_favourites", "add_to_cart")
)
BROWSING_MEAN = 2.9
CART_SHARE = 0.05
# The rule for abandoned carts is 1 hour to 7 days: the demo stays clear of both borders.
CART_AGE = (2 * HOUR, 6 * DAY)


@dataclass(frozen=True, slots=True)
class Plan:
    """One visit to come: when, what for, and by which login."""

    begins_at: int
    steps: list[Step]
    user_id: str = ""
    email: str = ""
    campaign: Campaign | None = None
    login_step: int | None = None


def write_visits(
    scene: Scene, household: Household, person: Person, orders: list[Order]
) -> list[Device]:
    """Write all visits of a person; return the devices they used."""
    chance = scene.chance
    if not (orders or chance.happens(person.habits.browses)):
        return []

    devices = draw_devices(chance, person, household)
    plans = _plans(scene, person, orders)
    logged_in: set[str] = set()
    for plan in sorted(plans, key=lambda plan: plan.begins_at):
        device = _choose_device(chance, devices, plan, logged_in)
        write_visit(scene, household, _visit(chance, person, plan, device))
    return devices


def _choose_device(
    chance: Chance, devices: list[Device], plan: Plan, logged_in: set[str]
) -> Device:
    """Choose a device; nearly all account holders log in once on each of theirs."""
    if not plan.user_id:
        return chance.pick_early(devices)
    strange = [device for device in devices if device.cookie not in logged_in]
    device = strange[0] if strange and chance.happens(0.8) else chance.pick_early(devices)
    logged_in.add(device.cookie)
    return device


def _plans(scene: Scene, person: Person, orders: list[Order]) -> list[Plan]:
    chance = scene.chance
    plans = [_sign_up(chance, person, account) for account in person.accounts]
    plans += [_check_out(chance, order) for order in orders]
    plans += [
        _browsing(scene, person, chance.between(*person.active))
        for _ in range(1 + chance.count(BROWSING_MEAN))
    ]
    if not person.accounts and chance.happens(0.4 if person.records else 0):
        plans.append(_subscription(scene, person))
    if person.accounts and chance.happens(CART_SHARE):
        plans.append(_abandoned_cart(scene, person))
    return plans


def _browse_steps(scene: Scene, mean: float) -> list[Step]:
    chance, products = scene.chance, scene.catalog.products
    steps = [Step("page_view")]
    for _ in range(1 + chance.count(mean)):
        event_name = chance.pick(BROWSING)
        has_product = event_name not in {"page_view", "search"}
        steps.append(Step(event_name, chance.pick_early(products) if has_product else None))
    return steps


def _browsing(scene: Scene, person: Person, moment: int) -> Plan:
    """Look around, logged in or not; sometimes fill a cart and leave it."""
    chance = scene.chance
    steps = _browse_steps(scene, mean=4.5)
    product = steps[-1].product
    if product and chance.happens(0.06):
        steps += [Step("add_to_cart", product), Step("remove_from_cart", product)]
    elif product and chance.happens(0.05):
        steps += [Step("add_to_cart", product), Step("begin_checkout")]

    user_id = person.account_at(moment)
    is_known = bool(user_id) and chance.happens(0.6)
    is_remembered = chance.happens(0.4)
    login_step = None if is_remembered else chance.between(1, len(steps))
    return Plan(
        # The visit ends before the company's now.
        begins_at=min(moment, scene.timeline.until - 3 * HOUR),
        steps=steps,
        user_id=user_id if is_known else "",
        login_step=login_step if is_known else None,
    )


def _sign_up(chance: Chance, person: Person, account: tuple[int, str]) -> Plan:
    opened_at, user_id = account
    steps = [Step("page_view"), Step("page_view"), Step("sign_up")]
    begins_at = opened_at - chance.between(90, 900)
    email = person.email.at(opened_at)
    return Plan(begins_at, steps, user_id, email, login_step=len(steps) - 1)


def _subscription(scene: Scene, person: Person) -> Plan:
    """Ask, without an account, to hear when a product is back."""
    chance = scene.chance
    moment = min(chance.between(*person.active), scene.timeline.until - HOUR)
    product = chance.pick_early(scene.catalog.products)
    steps = [Step("page_view"), Step("product_view", product), Step("subscribe_product", product)]
    return Plan(moment, steps, email=person.any_email(chance, moment))


def _check_out(chance: Chance, order: Order) -> Plan:
    """Find the products of an order, log in where there is an account, and buy."""
    steps = [Step("page_view")]
    for line in order.lines:
        steps.append(Step("product_view", line.product))
        steps.append(Step("add_to_cart", line.product, line.quantity))
    steps.append(Step("begin_checkout"))
    login_step = len(steps) if order.user_id and chance.happens(0.7) else None
    steps.append(Step("purchase", order=order))
    return Plan(
        begins_at=order.placed_at,
        steps=steps,
        user_id=order.user_id,
        email=order.email if chance.happens(0.3) else "",
        campaign=order.campaign,
        login_step=login_step,
    )


def _abandoned_cart(scene: Scene, person: Person) -> Plan:
    """Fill a cart within the last week and go."""
    chance, until = scene.chance, scene.timeline.until
    moment = until - chance.between(*CART_AGE)
    product: Product = chance.pick_early(scene.catalog.products)
    steps = [*_browse_steps(scene, mean=2), Step("add_to_cart", product)]
    if chance.happens(0.5):
        steps.append(Step("begin_checkout"))
    return Plan(moment, steps, person.account_at(moment), login_step=1)


def _visit(chance: Chance, person: Person, plan: Plan, device: Device) -> Visit:
    steps, login_step = list(plan.steps), plan.login_step
    if login_step is not None and steps[-1].event_name != "sign_up":
        steps.insert(login_step, Step("login"))
    return Visit(
        person=person,
        device=device,
        steps=steps,
        begins_at=plan.begins_at,
        known_from=login_step or 0,
        user_id=plan.user_id,
        email=plan.email,
        campaign=plan.campaign or chance.pick(CAMPAIGNS),
    )
