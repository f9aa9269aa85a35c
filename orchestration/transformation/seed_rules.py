"""Rows of the seeds that can mean nothing: told by file and line before a build.

The tests of the seeds refuse the same rows, but only after dbt has loaded them, and by no line.
"""

from collections.abc import Collection, Mapping
from itertools import chain
from pathlib import Path

from orchestration.identity.health import PROMISES
from orchestration.transformation.seeds import (
    AMOUNT,
    COUNT,
    FOLDED,
    NAME,
    OPTIONAL_AMOUNT,
    OPTIONAL_COUNT,
    OPTIONAL_TEXT,
    RANK,
    TEXT,
    YES_OR_NO,
    Kind,
    Row,
    Seed,
    like,
    one_of,
    rows_of,
)

CONDITION = like("[01]", "0 or 1")
GRADE = like("-1|[0-4]", "a grade from -1 to 4")
METRIC = one_of(*PROMISES)
OPERATION = one_of("", "add", "update", "remove", "archive")

# The names that onefold gives itself; the web may have events of any other name.
OWN_EVENTS = (
    *(
        f"message_{event}"
        for event in (
            "sent",
            "delivered",
            "opened",
            "clicked",
            "bounced",
            "complained",
            "unsubscribed",
        )
    ),
    "ticket_opened",
    "survey_answered",
)

SEEDS: Mapping[str, Seed] = {
    "activation/delivery_modes": Seed(
        {
            "mode": FOLDED,
            **dict.fromkeys(["newcomer", "changed", "uncertain", "unchanged", "leaver"], OPERATION),
            "is_once": YES_OR_NO,
        },
        key=("mode",),
        has_exact_header=True,
    ),
    "audiences/complementary_products": Seed(
        {"product_id": TEXT, "complement_product_id": TEXT, "preference": RANK},
        key=("product_id", "complement_product_id"),
        has_exact_header=True,
    ),
    "audiences/contact_limits": Seed(
        {"channel": TEXT, "reason": TEXT, "event_name": TEXT, "at_least": COUNT}
        | {"within_days": COUNT},
        key=("channel", "reason", "event_name", "event_channel"),
        listed_in={
            "channel": ("privacy/channels", "channel"),
            "event_channel": ("privacy/channels", "channel"),
        },
    ),
    "events/referrer_mapping": Seed(
        {"host": FOLDED, "medium": one_of("search", "social", "ai_assistant"), "site": TEXT},
        key=("host",),
    ),
    "events/utm_media": Seed(
        {
            "utm_medium": FOLDED,
            "channel": one_of(
                "paid", "email", "message", "affiliate", "organic_search", "social", "referral"
            ),
        },
        key=("utm_medium",),
    ),
    "identity/address_words": Seed(
        {
            "language": TEXT,
            "word": FOLDED,
            "position": one_of("word", "before_number", "ending"),
        },
        key=("word", "position"),
    ),
    "identity/health_limits": Seed(
        {"metric": METRIC, "healthy_up_to": AMOUNT, "healthy_up_to_times_past": OPTIONAL_AMOUNT},
        key=("metric",),
    ),
    "identity/identifier_types": Seed(
        {
            "identifier_type": TEXT,
            "strength": one_of("hard", "contact", "reference", "visitor"),
            **dict.fromkeys(
                ["max_records", "max_initials", "max_contacts", "max_per_person"], OPTIONAL_COUNT
            ),
        },
        key=("identifier_type",),
    ),
    "identity/junk_patterns": Seed(
        {"identifier_type": OPTIONAL_TEXT, "pattern": TEXT, "reason": TEXT},
        listed_in={"identifier_type": ("identity/identifier_types", "identifier_type")},
        has_exact_header=True,
    ),
    "identity/junk_values": Seed({"junk_value": FOLDED, "reason": TEXT}, key=("junk_value",)),
    "identity/match_rules": Seed({"rank": COUNT, "rule": TEXT}),
    "identity/nicknames": Seed({"nickname": NAME, "full_name": NAME}, key=("nickname",)),
    "orders/order_statuses": Seed(
        {"status": FOLDED, "outcome": one_of("cancelled", "refunded")},
        key=("status",),
        has_exact_header=True,
    ),
    "privacy/channels": Seed({"channel": FOLDED}, key=("channel",)),
    "privacy/identifier_records": Seed(
        {"identifier_type": TEXT, "source_name": TEXT, "record_type": TEXT},
        key=("source_name", "record_type"),
    ),
    "profiles/attribute_sources": Seed(
        {
            "attribute_name": one_of("name", "email", "phone", "birth_date", "sex", "address"),
            "source_name": TEXT,
            "record_type": TEXT,
            "priority": RANK,
        },
        key=("attribute_name", "source_name", "record_type"),
    ),
}


def check_seeds(project_dir: Path) -> None:
    """See that every row of the seeds can mean something.

    Raises:
        BuildError: one cannot; the sentence names file, line and column.
    """
    rows = {
        name: rows_of(project_dir, name, has_exact_header=seed.has_exact_header)
        for name, seed in SEEDS.items()
    }
    listed = {
        (name, column): {row.cells.get(column, "") for row in rows[name]}
        for name, column in chain.from_iterable(seed.listed_in.values() for seed in SEEDS.values())
    }
    short_forms = {row.cells.get("nickname") for row in rows["identity/nicknames"]}
    for name, seed in SEEDS.items():
        taken: set[tuple[str, ...]] = set()
        for row in rows[name]:
            _check_cells(seed, row)
            _check_lists(seed, row, listed)
            _check_key(seed, row, taken)
            _check_sense(row, short_forms)


def _check_cells(seed: Seed, row: Row) -> None:
    for column in (column for column in seed.columns if column not in row.cells):
        row.refuse(f"there is no column {column} in the header of the file")
    for column, value in row.cells.items():
        kind = seed.columns.get(column) or _kind_of_rule(column)
        if kind and not kind.fits(value):
            row.refuse(f"{column} is {_told(value)} and has to be {kind.meaning}")


def _kind_of_rule(column: str) -> Kind | None:
    if column.endswith("_at_least"):
        return GRADE
    is_condition = column.startswith(("shares_", "is_", "allows_", "may_"))
    return CONDITION if is_condition else None


def _check_lists(seed: Seed, row: Row, listed: Mapping[tuple[str, str], set[str]]) -> None:
    for column, (name, listing) in seed.listed_in.items():
        value, values = row.cells.get(column, ""), listed[name, listing]
        if value and values and value not in values:
            row.refuse(f"{column} {value} is not in {name.rpartition('/')[2]}")


def _check_key(seed: Seed, row: Row, taken: set[tuple[str, ...]]) -> None:
    key = tuple(row.cells.get(column, "") for column in seed.key)
    if key in taken and key:
        told = ", ".join(
            f"{column} {_told(value)}" for column, value in zip(seed.key, key, strict=True)
        )
        row.refuse(f"{told} has a row already")
    taken.add(key)


def _check_sense(row: Row, short_forms: Collection[str | None]) -> None:
    """See what no column tells by itself."""
    full_name = row.cells.get("full_name")
    if full_name and full_name in short_forms:
        row.refuse(f"full_name {full_name} is a nickname itself: write what that one stands for")
    product = row.cells.get("complement_product_id")
    if product and product == row.cells.get("product_id"):
        row.refuse(f"product {product} cannot be its own complement")
    event = row.cells.get("event_name", OWN_EVENTS[0])
    meant = "".join(event.lower().split())
    if meant in OWN_EVENTS and event != meant:
        row.refuse(f"event_name is {event}, which nothing is called; {meant} is")


def _told(value: str) -> str:
    if value != value.strip():
        return f'"{value}"'
    return value or "empty"
