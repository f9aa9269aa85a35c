"""Decisions of people on what may be done with their data, about a record or an identifier."""

from dataclasses import dataclass

from demo_company.people import Person
from demo_company.scene import Scene
from demo_company.spelling import spelt_phone
from demo_company.timeline import DAY, HOUR, utc_text

OPT_IN_SHARE = 0.55
# What the records are that forms and staff refer to; receipts and orders come and go.
LASTING_TYPES = {"contact", "loyalty_member", "customer"}
TEXT_VERSIONS = ("2023-05", "2024-11", "2025-06")
PLACES = ("checkout", "till", "preference_page", "call_centre")


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer; purpose and channel may be left open."""

    decision: str
    decided_at: int
    purpose: str = "marketing"
    channel: str = "email"


def write_consents(scene: Scene, person: Person) -> int | None:
    """Write a person's decisions; return since when marketing by e-mail is allowed, if it is."""
    if not person.records:
        return None

    chance, (first, last) = scene.chance, person.active
    decided_at = chance.between(first, min(last, first + 60 * DAY))
    agrees = chance.happens(OPT_IN_SHARE)
    write_decision(scene, person, _first_answer(scene, decided_at, agrees=agrees))
    for decision in _further_answers(scene, person, decided_at):
        write_decision(scene, person, decision)

    if agrees and chance.happens(0.12):
        withdrawn_at = chance.between(decided_at, scene.timeline.until)
        write_decision(scene, person, Decision("opt_out", withdrawn_at))
        return None
    return decided_at if agrees else None


def write_decision(scene: Scene, person: Person, decision: Decision) -> None:
    """Write a decision."""
    chance = scene.chance
    decided_at = scene.timeline.capped(decision.decided_at)
    recorded_at = scene.timeline.capped(decided_at + chance.between(0, 36 * HOUR))
    row = {
        **_subject(scene, person, decision),
        "decision_id": scene.serials.label("D"),
        "decision": decision.decision,
        "decided_at": utc_text(decided_at),
        "purpose": decision.purpose,
        "channel": decision.channel,
        "source": chance.pick(PLACES),
        "text_version": chance.pick(TEXT_VERSIONS),
        "recorded_at": utc_text(recorded_at),
    }
    scene.landing.write("consent.decisions", row)


def _first_answer(scene: Scene, decided_at: int, *, agrees: bool) -> Decision:
    """Answer the question about e-mails; some forms do not say for what or how."""
    chance = scene.chance
    return Decision(
        "opt_in" if agrees else "opt_out",
        decided_at,
        purpose="" if chance.happens(0.05) else "marketing",
        channel="" if chance.happens(0.06) else "email",
    )


def _further_answers(scene: Scene, person: Person, decided_at: int) -> list[Decision]:
    chance = scene.chance
    last = max(decided_at, person.active[1])
    answers = []
    for purpose, channel, share in (
        ("marketing", "sms", 0.3),
        ("marketing", "phone", 0.12),
        ("ads_matching", "", 0.35),
    ):
        if chance.happens(share):
            answer = "opt_in" if chance.happens(0.7) else "opt_out"
            moment = chance.between(decided_at, last)
            answers.append(Decision(answer, moment, purpose, channel))
    return answers


def _subject(scene: Scene, person: Person, decision: Decision) -> dict[str, str]:
    """Say whom a decision is about: mostly a record, else an identifier."""
    chance = scene.chance
    lasting = [record for record in person.records if record[1] in LASTING_TYPES]
    if lasting and chance.happens(0.65):
        source_name, record_type, record_id = chance.pick(lasting)
        return {"source_name": source_name, "record_type": record_type, "record_id": record_id}

    identifier_type, identifier_value = _identifier(scene, person, decision)
    return {"identifier_type": identifier_type, "identifier_value": identifier_value}


def _identifier(scene: Scene, person: Person, decision: Decision) -> tuple[str, str]:
    if person.cards and scene.chance.happens(0.2):
        return "loyalty_id", person.cards[0]
    if decision.channel in {"sms", "phone"}:
        number = person.phone.at(decision.decided_at)
        return "phone", spelt_phone(scene.chance, person.country, number, national=0)
    return "email", person.email.at(decision.decided_at)
