"""Contacts that are one person for a while, and what they say about messages before and meanwhile.

Two are joined by a steward's decision and parted when it is taken back. Two of a crowd are one from
the start, until the crowd is too large for its address. One moves to another address than the one
that was refused, and of two records of one person the one that refused is deleted for a while.
"""

from datetime import datetime

from tests.integration.identity.graph import Decision, Graph, TableRow

Permissions = dict[str, tuple[bool, bool]]

UNITED = Decision("same", "crm:contact:joined-1", "crm:contact:joined-2")
CONTACTS = [
    ("crm.contacts", {"contact_id": "joined-1", "email": "anna@nord.org", "first_name": "Anna"}),
    ("crm.contacts", {"contact_id": "joined-2", "email": "bo@nord.org", "first_name": "Bo"}),
]
MOVER = {"contact_id": "mover", "email": "old@nord.org", "first_name": "Cy", "last_name": "Fox"}
MOVED = {**MOVER, "email": "new@nord.org", "updated_at": "2026-03-02T12:00:00Z"}
TWINS = [
    ("crm.contacts", {"contact_id": f"twin-{number}", "email": "di@nord.org", "first_name": "Di"})
    for number in (1, 2)
]
CHANNELS = ("email", "sms")
SPRING, SUMMER = datetime(2025, 3, 1), datetime(2025, 6, 1)  # noqa: DTZ001 - read as UTC
PERMISSIONS = """
    select record_id, may_email, may_sms
    from marts.person_records
    join marts.contact_permissions using (person_id)
"""


def word(record_id: str, decision: str, channel: str, moment: datetime) -> TableRow:
    """Return the row of what a contact decided about marketing on a channel."""
    return (
        "consent.decisions",
        {
            "decision_id": f"{record_id} {decision} {channel}",
            "decision": decision,
            "decided_at": moment.isoformat(),
            "purpose": "marketing",
            "channel": channel,
            "source_name": "crm",
            "record_type": "contact",
            "record_id": record_id,
        },
    )


def word_on_address(address: str, decision: str, channel: str, moment: datetime) -> TableRow:
    """Return the row of a decision that names an e-mail address."""
    table, row = word("", decision, channel, moment)
    subject = {"identifier_type": "email", "identifier_value": address}
    return table, {**row, "decision_id": f"{address} {decision} {channel}", **subject}


def first_words() -> list[TableRow]:
    """Return what is said before anybody is joined: grants by all, and refusals."""
    return [
        *(word("mover", "opt_in", channel, SPRING) for channel in CHANNELS),
        word_on_address("old@nord.org", "opt_out", "sms", SUMMER),
        *(word("twin-2", "opt_in", channel, SPRING) for channel in CHANNELS),
        word("twin-1", "opt_out", "sms", SUMMER),
        *(word(f"joined-{n}", "opt_in", channel, SPRING) for n in (1, 2) for channel in CHANNELS),
        *(word(f"crowd-{n}", "opt_in", channel, SPRING) for n in (0, 1) for channel in CHANNELS),
        word("joined-2", "opt_out", "sms", SUMMER),
    ]


def permissions(graph: Graph) -> Permissions:
    """Return whether each contact may be written to by e-mail and by SMS."""
    return {contact: (email, sms) for contact, email, sms in graph.rows(PERMISSIONS)}
