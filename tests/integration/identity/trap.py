"""One trap: rows to load, and what the resolution must make of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

NOON = "2026-03-01T12:00:00Z"

Row = dict[str, Any]


@dataclass
class Trap:
    """Rows to load, and what the resolution must make of them."""

    name: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    together: list[set[str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    strangers: list[list[str]] = field(default_factory=list)

    def contact(self, number: int, **columns: Any) -> str:
        """Add a CRM contact and return its key."""
        contact_id = f"{self.name}-{number}"
        self.rows["crm.contacts"].append({"contact_id": contact_id, **columns})
        return f"crm:contact:{contact_id}"

    def receipt(self, number: int, **columns: Any) -> str:
        """Add a receipt and return its key."""
        transaction_id = f"{self.name}-{number}"
        self.rows["pos.transactions"].append(
            {"transaction_id": transaction_id, "occurred_at": NOON, "amount": "1.00", **columns}
        )
        return f"pos:receipt:{transaction_id}"

    def visit(self, number: int, cookie: str, **columns: Any) -> str:
        """Add a page view and return the key of its cookie."""
        self.rows["web.events"].append(
            {
                "event_id": f"{self.name}-{number}",
                "event_name": "page_view",
                "occurred_at": NOON,
                "anonymous_id": f"{self.name}-{cookie}",
                **columns,
            }
        )
        return f"web:cookie:{self.name}-{cookie}"

    def all_apart(self, keys: Iterable[str]) -> None:
        """Expect as many people as there are records."""
        self.strangers.append(list(keys))
