"""The shares that make the demo worth looking at."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import phonenumbers

from demo_company.landing import LANDING_COLUMNS
from demo_company.locales import COUNTRIES, phone_number
from demo_company.receipts import DEFAULT_CARD, KIOSK_EMAIL
from demo_company.spelling import JUNK_EMAILS, JUNK_IDS

UNTIL = datetime(2026, 6, 30, 12, tzinfo=UTC)
RowsOf = Callable[[str], list[dict[str, str]]]


def test_two_of_five_receipts_are_anonymous(rows_of: RowsOf) -> None:
    """Most shops know the buyer of three in five receipts at best."""
    receipts = rows_of("pos.transactions")
    anonymous = [row for row in receipts if not (row["loyalty_id"] + row["email"] + row["phone"])]

    assert 0.37 < len(anonymous) / len(receipts) < 0.43


def test_lines_add_up_to_their_receipts_and_orders(rows_of: RowsOf) -> None:
    """Money is exact: the lines of each receipt and order sum to its amount."""
    for table, lines, key in (
        ("pos.transactions", "pos.transaction_lines", "transaction_id"),
        ("shop.orders", "shop.order_lines", "order_id"),
    ):
        sums: Counter[str] = Counter()
        for line in rows_of(lines):
            sums[line[key]] += round(float(line["amount"]) * 100)
        owners = {row[key]: row["amount"] for row in rows_of(table) if row[key] in sums}

        assert len(owners) == len(sums)
        assert all(round(float(owners[owner]) * 100) == cents for owner, cents in sums.items())


def test_returns_have_either_sign_by_shop(rows_of: RowsOf) -> None:
    """Some tills write returns as negative amounts, others do not."""
    returns = [row for row in rows_of("pos.transactions") if row["kind"] == "return"]
    signs = {(row["store_id"], row["amount"].startswith("-")) for row in returns}

    assert {is_negative for _, is_negative in signs} == {True, False}
    assert len({store for store, _ in signs}) == len(signs)
    assert all(row["original_transaction_id"] for row in returns)


def test_junk_is_there(rows_of: RowsOf) -> None:
    """Placeholders stand where ids should, so that hygiene has work."""
    receipts, events = rows_of("pos.transactions"), rows_of("web.events")

    assert sum(row["loyalty_id"] == DEFAULT_CARD for row in receipts) > 20
    assert sum(row["email"] == KIOSK_EMAIL for row in receipts) > 40
    assert set(JUNK_IDS) <= {row["user_id"] for row in events}
    assert set(JUNK_IDS) <= {row["anonymous_id"] for row in events}
    assert set(JUNK_EMAILS) & {row["email"] for row in rows_of("crm.contacts")}


def test_a_dozen_rows_are_broken(rows_of: RowsOf) -> None:
    """Rows without key or with unreadable required values are few enough to go on."""
    without_key = sum(
        not row[LANDING_COLUMNS[table][0]]
        for table in ("pos.transactions", "web.events", "crm.contacts", "shop.orders")
        for row in rows_of(table)
    )
    unreadable = sum(row["amount"] in {"abc", ""} for row in rows_of("pos.transactions"))

    assert (without_key, unreadable) == (6, 3)


def test_some_rows_come_twice_with_a_later_version(rows_of: RowsOf) -> None:
    """Duplicate keys differ in `updated_at` or `received_at`, so one of them is the latest."""
    for table, key, version in (
        ("crm.contacts", "contact_id", "updated_at"),
        ("pos.loyalty_members", "loyalty_id", "updated_at"),
        ("shop.customers", "user_id", "updated_at"),
        ("web.events", "event_id", "received_at"),
    ):
        copies = Counter(row[key] for row in rows_of(table) if row[key])
        versions = {(row[key], row[version]) for row in rows_of(table) if row[key]}

        assert max(copies.values()) == 2
        assert len(versions) == sum(copies.values())


def test_about_half_agree_to_mails(rows_of: RowsOf) -> None:
    """Somewhat more than half of the answers on e-mails are an opt-in; some withdraw later."""
    answers = [
        row["decision"]
        for row in rows_of("consent.decisions")
        if row["purpose"] in {"", "marketing"} and row["channel"] in {"", "email"}
    ]

    assert 0.42 < answers.count("opt_in") / len(answers) < 0.58
    assert {row["channel"] for row in rows_of("consent.decisions")} == {"", "email", "sms", "phone"}


def test_carts_are_abandoned_before_now(rows_of: RowsOf) -> None:
    """Dozens of logins left a cart 1 hour to 7 days ago and bought nothing after."""
    carts: dict[str, datetime] = {}
    purchases: dict[str, datetime] = {}
    for row in rows_of("web.events"):
        if row["user_id"] and row["user_id"] not in JUNK_IDS:
            moment = datetime.fromisoformat(row["occurred_at"])
            if row["event_name"] in {"add_to_cart", "begin_checkout"}:
                carts[row["user_id"]] = max(moment, carts.get(row["user_id"], moment))
            elif row["event_name"] == "purchase":
                purchases[row["user_id"]] = max(moment, purchases.get(row["user_id"], moment))
    abandoned = [
        user_id
        for user_id, moment in carts.items()
        if timedelta(hours=1) <= UNTIL - moment <= timedelta(days=7)
        and purchases.get(user_id, moment - timedelta(1)) < moment
    ]

    assert len(abandoned) > 24


def test_card_holders_lapse(rows_of: RowsOf) -> None:
    """Hundreds of members bought, but not within the last 180 days."""
    latest: dict[str, datetime] = {}
    for row in rows_of("pos.transactions"):
        if row["loyalty_id"] not in {"", DEFAULT_CARD}:
            moment = datetime.fromisoformat(row["occurred_at"])
            latest[row["loyalty_id"]] = max(moment, latest.get(row["loyalty_id"], moment))
    lapsed = [card for card, moment in latest.items() if UNTIL - moment > timedelta(days=180)]

    assert 100 < len(lapsed) < 0.6 * len(latest)


def test_phone_numbers_are_valid_and_unique() -> None:
    """Numbers of all three countries pass the reference parser, and none is given twice."""
    for country in COUNTRIES:
        numbers = [phone_number(country, serial) for serial in range(0, 2_000_000, 997)]
        parsed = [phonenumbers.parse(number, country.code) for number in numbers]

        assert all(phonenumbers.is_valid_number(number) for number in parsed)
        assert len(set(numbers)) == len(numbers)
