"""The landing folder: one CSV file per table, written row by row, and the truth beside them."""

import csv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PERSONAL = (
    "email phone first_name middle_name last_name birth_date sex"
    " street city region postcode country"
)

LANDING_COLUMNS: dict[str, tuple[str, ...]] = {
    table: tuple(columns.split())
    for table, columns in {
        "crm.contacts": f"contact_id {PERSONAL} brand created_at updated_at deleted_at",
        "web.events": (
            "event_id event_name occurred_at received_at anonymous_id user_id device_id email phone"
            " session_id platform app_id page_url page_title referrer"
            " utm_source utm_medium utm_campaign utm_content utm_term click_id user_agent"
            " country city search_query product_id quantity amount currency order_id properties"
        ),
        "pos.loyalty_members": (
            f"loyalty_id {PERSONAL.replace(' middle_name', '')} tier points joined_at updated_at"
        ),
        "pos.transactions": (
            "transaction_id occurred_at amount store_id register_id loyalty_id email phone kind"
            " original_transaction_id currency"
        ),
        "pos.transaction_lines": (
            "transaction_id line_number product_id quantity unit_price discount amount"
        ),
        "shop.customers": f"user_id {PERSONAL} brand created_at updated_at deleted_at",
        "shop.orders": (
            "order_id ordered_at amount user_id email phone status currency discount coupon_code"
            " utm_source utm_medium utm_campaign"
        ),
        "shop.order_lines": "order_id line_number product_id quantity unit_price discount amount",
        "shop.products": "product_id name category brand price currency",
        "consent.decisions": (
            "decision_id decision decided_at purpose channel source_name record_type record_id"
            " identifier_type identifier_value source text_version recorded_at"
        ),
        "messages.events": (
            "message_event_id occurred_at event channel campaign email phone user_id"
        ),
        "service.tickets": (
            "ticket_id created_at email phone user_id channel topic status satisfaction closed_at"
            " body"
        ),
        "survey.responses": (
            "response_id answered_at email phone user_id survey question score comment"
        ),
        "partner.segments": "provider segment anonymous_id email_sha256 observed_at expires_at",
        "ads.spend": "date platform campaign cost currency impressions clicks",
    }.items()
}

TRUTH = "truth.records"
TRUTH_COLUMNS = ("source_name", "record_type", "record_id", "entity_id")


class LandingFolder:
    """Open files of all landing tables; nothing that was written is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.row_counts = dict.fromkeys([*LANDING_COLUMNS, TRUTH], 0)
        self._folder = folder
        self._files = ExitStack()
        self._columns = {**LANDING_COLUMNS, TRUTH: TRUTH_COLUMNS}
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> Self:
        """Create the files with their headers."""
        for table, columns in self._columns.items():
            path = self._folder.joinpath(*table.split(".")).with_suffix(".csv")
            path.parent.mkdir(parents=True, exist_ok=True)
            file = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._writers[table] = csv.writer(file, lineterminator="\n")
            self._writers[table].writerow(columns)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files."""
        self._files.close()

    def write(self, table: str, row: Mapping[str, object]) -> None:
        """Append a row; columns the table does not have are left out, missing ones are empty."""
        self._writers[table].writerow(map(row.get, self._columns[table]))
        self.row_counts[table] += 1

    def write_truth(self, record: tuple[str, str, str], entity_id: str) -> None:
        """Note who is behind a source record."""
        self._writers[TRUTH].writerow((*record, entity_id))
        self.row_counts[TRUTH] += 1
