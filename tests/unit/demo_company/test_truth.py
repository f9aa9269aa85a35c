"""The truth beside the files: every record of it is there, and nobody else's."""

from collections import Counter
from collections.abc import Callable

from demo_company.spelling import JUNK_IDS

RowsOf = Callable[[str], list[dict[str, str]]]

HOMES = {
    ("crm", "contact"): ("crm.contacts", "contact_id"),
    ("pos", "loyalty_member"): ("pos.loyalty_members", "loyalty_id"),
    ("pos", "receipt"): ("pos.transactions", "transaction_id"),
    ("shop", "customer"): ("shop.customers", "user_id"),
    ("shop", "order"): ("shop.orders", "order_id"),
    ("web", "account"): ("web.events", "user_id"),
    ("web", "cookie"): ("web.events", "anonymous_id"),
    ("service", "ticket"): ("service.tickets", "ticket_id"),
    ("survey", "response"): ("survey.responses", "response_id"),
}
WITH_CONTACT = {"receipt", "order", "ticket", "response"}


def true_ids(rows_of: RowsOf, kind: tuple[str, str]) -> set[str]:
    """Return the ids of one kind of record in the truth."""
    return {
        row["record_id"]
        for row in rows_of("truth.records")
        if (row["source_name"], row["record_type"]) == kind
    }


def test_every_true_record_is_in_the_files(rows_of: RowsOf) -> None:
    """The truth names only records that exist, of every kind there is."""
    for kind, (table, column) in HOMES.items():
        ids = true_ids(rows_of, kind)
        assert ids
        assert ids <= {row[column] for row in rows_of(table)}


def test_the_truth_knows_no_other_kinds_and_no_record_twice(rows_of: RowsOf) -> None:
    """A record has one entity."""
    records = Counter(
        (row["source_name"], row["record_type"], row["record_id"])
        for row in rows_of("truth.records")
    )

    assert {record[:2] for record in records} == set(HOMES)
    assert set(records.values()) == {1}


def test_receipts_orders_tickets_and_responses_have_contact_details(rows_of: RowsOf) -> None:
    """A record of these kinds exists just where the row has e-mail or phone of its own."""
    for kind, (table, column) in HOMES.items():
        if kind[1] in WITH_CONTACT:
            with_contact = {
                row[column]
                for row in rows_of(table)
                if (row["email"] or row["phone"]) and not row["email"].startswith("kiosk@")
            }
            assert true_ids(rows_of, kind) == with_contact


def test_deleted_contacts_are_not_in_the_truth(rows_of: RowsOf) -> None:
    """A deleted record is nobody's."""
    deleted = {row["contact_id"] for row in rows_of("crm.contacts") if row["deleted_at"]}

    assert deleted
    assert not deleted & true_ids(rows_of, ("crm", "contact"))


def test_shared_cookies_are_not_in_the_truth(rows_of: RowsOf) -> None:
    """A cookie with logins of two people belongs to neither."""
    entities = {
        row["record_id"]: row["entity_id"]
        for row in rows_of("truth.records")
        if row["record_type"] == "account"
    }
    users: dict[str, set[str]] = {}
    for row in rows_of("web.events"):
        if row["user_id"] in entities:
            users.setdefault(row["anonymous_id"], set()).add(entities[row["user_id"]])
    shared = {cookie for cookie, people in users.items() if len(people) > 1}

    assert shared > set(JUNK_IDS)
    assert not shared & true_ids(rows_of, ("web", "cookie"))


def test_entities_have_several_records(rows_of: RowsOf) -> None:
    """There is something to resolve: many people have records in several sources."""
    sources: dict[str, set[str]] = {}
    for row in rows_of("truth.records"):
        sources.setdefault(row["entity_id"], set()).add(row["source_name"])

    assert sum(len(names) > 1 for names in sources.values()) > 0.6 * len(sources)
