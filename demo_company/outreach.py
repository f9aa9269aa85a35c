"""What the company sent and heard: messages, tickets of customer service, survey answers."""

from demo_company.consents import Decision, write_decision
from demo_company.people import Person
from demo_company.records import remember
from demo_company.scene import Scene
from demo_company.spelling import spelt_email, spelt_phone
from demo_company.timeline import DAY, HOUR, MINUTE, utc_text

MAILINGS_MEAN = 3.6
TICKET_MEAN = 0.16
SURVEY_MEAN = 0.24
TOPICS = ("delivery", "return", "payment", "product", "account")
BODIES = {
    "RU": ("Где мой заказ?", "Хочу вернуть товар.", "Спасибо за помощь!"),
    "DE": ("Wo bleibt meine Bestellung?", "Ich möchte etwas zurückgeben.", "Vielen Dank!"),
    "US": ("Where is my order?", "I want to return an item.", "Thank you!"),
}


def write_outreach(scene: Scene, person: Person, agreed_at: int | None) -> None:
    """Write mailings to those who agreed, and what people wrote and answered themselves."""
    chance = scene.chance
    if agreed_at is not None:
        _write_mailings(scene, person, agreed_at)
    if not person.records:
        return

    for _ in range(chance.count(TICKET_MEAN)):
        _write_ticket(scene, person, chance.between(*person.active))
    for _ in range(chance.count(SURVEY_MEAN)):
        _write_response(scene, person, chance.between(*person.active))


def _write_mailings(scene: Scene, person: Person, agreed_at: int) -> None:
    chance = scene.chance
    moments = (
        chance.between(agreed_at, scene.timeline.until) for _ in range(chance.count(MAILINGS_MEAN))
    )
    for sent_at in sorted(moments):
        events = _mailing_events(scene)
        occurred_at = sent_at
        for event in events:
            _write_message(scene, person, event, scene.timeline.capped(occurred_at))
            occurred_at += chance.between(MINUTE, 9 * HOUR)
        if events[-1] in {"complained", "unsubscribed"}:
            write_decision(scene, person, Decision("opt_out", occurred_at))
            return


def _mailing_events(scene: Scene) -> list[str]:
    """Draw how far a message came."""
    chance = scene.chance
    if chance.happens(0.02):
        return ["sent", "bounced"]

    events = ["sent", "delivered"]
    if chance.happens(0.33):
        events.append("opened")
        if chance.happens(0.25):
            events.append("clicked")
    elif chance.happens(0.012):
        events.append("unsubscribed")
    elif chance.happens(0.002):
        events.append("complained")
    return events


def _write_message(scene: Scene, person: Person, event: str, occurred_at: int) -> None:
    user_id = person.account_at(occurred_at)
    row = {
        "message_event_id": scene.serials.label("M"),
        "occurred_at": utc_text(occurred_at),
        "event": event,
        "channel": "email",
        "campaign": f"news_{utc_text(occurred_at)[:7]}",
        "email": person.email.at(occurred_at),
        "user_id": user_id if scene.chance.happens(0.6) else "",
    }
    scene.landing.write("messages.events", row)


def _contact_details(scene: Scene, person: Person, moment: int) -> dict[str, str]:
    """Draw what somebody leaves to be answered: e-mail, phone or just their login."""
    chance = scene.chance
    user_id = person.account_at(moment) if chance.happens(0.5) else ""
    details = {"user_id": user_id} if user_id else {}
    if not user_id or chance.happens(0.5):
        if chance.happens(0.7):
            details["email"] = spelt_email(chance, person.any_email(chance, moment))
        else:
            number = person.phone.at(moment)
            details["phone"] = spelt_phone(chance, person.country, number, national=0.15)
    return details


def _write_ticket(scene: Scene, person: Person, created_at: int) -> None:
    chance = scene.chance
    ticket_id = scene.serials.label("S")
    details = _contact_details(scene, person, created_at)
    closed_at = created_at + chance.between(HOUR, 6 * DAY)
    is_closed = closed_at <= scene.timeline.until
    row = {
        **details,
        "ticket_id": ticket_id,
        "created_at": utc_text(created_at),
        "channel": "phone" if "phone" in details else chance.pick(("email", "chat", "web")),
        "topic": chance.pick(TOPICS),
        "status": "closed" if is_closed else "open",
        "satisfaction": chance.between(1, 5) if is_closed and chance.happens(0.5) else "",
        "closed_at": utc_text(closed_at) if is_closed else "",
        "body": chance.pick(BODIES[person.country.code]),
    }
    scene.landing.write("service.tickets", row)
    if "email" in details or "phone" in details:
        remember(scene, person, ("service", "ticket", ticket_id))


def _write_response(scene: Scene, person: Person, answered_at: int) -> None:
    chance = scene.chance
    response_id = scene.serials.label("R")
    details = _contact_details(scene, person, answered_at)
    row = {
        **details,
        "response_id": response_id,
        "answered_at": utc_text(answered_at),
        "survey": "after_purchase",
        "question": "would_recommend",
        "score": min(10, 4 + chance.between(0, 8)),
        "comment": chance.pick(BODIES[person.country.code]) if chance.happens(0.2) else "",
    }
    scene.landing.write("survey.responses", row)
    if "email" in details or "phone" in details:
        remember(scene, person, ("survey", "response", response_id))
