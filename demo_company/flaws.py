"""A dozen broken rows, so that quarantine has something to show; nobody's truth rests on them."""

from demo_company.scene import Scene
from demo_company.timeline import DAY, utc_text


def write_broken_rows(scene: Scene) -> None:
    """Write rows without their key or with a required value that cannot be read."""
    moment = utc_text(scene.timeline.until - DAY)
    sale = {"occurred_at": moment, "store_id": "DE-BER-1", "currency": "EUR"}
    browsing = {"event_name": "page_view", "occurred_at": moment, "platform": "web"}
    contact = {"first_name": "Robin", "country": "US", "created_at": moment, "updated_at": moment}
    order = {"ordered_at": moment, "amount": "19.90", "currency": "EUR"}

    for table, row in (
        ("pos.transactions", {**sale, "transaction_id": "T-broken-1", "amount": "abc"}),
        ("pos.transactions", {**sale, "transaction_id": "T-broken-2", "amount": "abc"}),
        ("pos.transactions", {**sale, "transaction_id": "T-broken-3", "amount": ""}),
        ("pos.transactions", {**sale, "amount": "12.00"}),
        ("web.events", browsing),
        ("web.events", browsing),
        ("web.events", {**browsing, "event_id": "broken-1", "occurred_at": "yesterday"}),
        ("crm.contacts", contact),
        ("crm.contacts", contact),
        ("shop.orders", order),
        ("shop.orders", {**order, "order_id": "O-broken-1", "ordered_at": "0000-00-00"}),
        ("service.tickets", {"ticket_id": "S-broken-1", "topic": "delivery"}),
    ):
        scene.landing.write(table, row)
