"""Opt-outs survive that two people are taken for one, and that they are parted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.settings import Settings
from tests.integration.identity.graph import Decision, Graph

ONE, OTHER = "crm:contact:K-1", "crm:contact:K-2"
CONTACTS = [
    {"contact_id": "K-1", "email": "anna@nord.example", "first_name": "Anna"},
    {"contact_id": "K-2", "email": "bo@nord.example", "first_name": "Bo"},
]
PERMISSIONS = """\
select record_id, may_email, may_sms
from marts.person_records
join marts.contact_permissions using (person_id)
order by record_id
"""


def word(number: int, decision: str, day: str, channel: str, record_id: str) -> dict[str, Any]:
    """Return a row of a contact's decision about marketing on a channel."""
    return {
        "decision_id": f"D{number}",
        "decision": decision,
        "decided_at": day,
        "purpose": "marketing",
        "channel": channel,
        "source_name": "crm",
        "record_type": "contact",
        "record_id": record_id,
    }


WORDS = [
    word(1, "opt_in", "2025-06-01", "email", "K-1"),
    word(2, "opt_in", "2025-06-01", "email", "K-2"),
    word(3, "opt_in", "2025-06-01", "sms", "K-1"),
    word(4, "opt_out", "2025-06-02", "sms", "K-2"),
]


@dataclass
class House:
    """A home that is built on a few days."""

    home: Path

    def on(self, day: str) -> Graph:
        """Return the warehouse as it is worked on that day."""
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
        return Graph(Settings(home=self.home, now=noon), ("person_records", "contact_permissions"))

    def permissions(self, day: str, **landing: Sequence[Any]) -> dict[str, tuple[bool, bool]]:
        """Load and build on a day, and return who may be written to by e-mail and by SMS."""
        graph = self.on(day)
        graph.add({name.replace("__", "."): rows for name, rows in landing.items()}, day)
        return {row[0]: row[1:] for row in graph.rows(PERMISSIONS)}


def test_a_refusal_made_while_joined_stays_on_both_sides(tmp_path: Path) -> None:
    """And one made before stays with whoever made it."""
    house = House(tmp_path)
    apart = house.permissions("2026-01-01", crm__contacts=CONTACTS, consent__decisions=WORDS)
    house.on("2026-01-01").decide([Decision("same", ONE, OTHER)])
    joined = house.permissions("2026-01-02")
    house.on("2026-01-04").decide([Decision("different", ONE, OTHER)])
    refusal = word(5, "opt_out", "2026-01-03", "email", "K-1")
    parted = house.permissions("2026-01-05", consent__decisions=[refusal])
    later = house.permissions("2026-01-06")

    assert apart == {"K-1": (True, True), "K-2": (True, False)}
    assert joined == {"K-1": (True, False), "K-2": (True, False)}
    assert parted == later == {"K-1": (False, True), "K-2": (False, False)}
