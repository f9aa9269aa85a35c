"""Operations as the rows of a table."""

from collections.abc import Sequence

from pydantic import BaseModel

from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation

Value = str | int | float | bool | None


class Rows(BaseModel):
    """What is to be in the table, and what is not."""

    # Beside the key, which comes first in every row.
    columns: list[str]
    wanted: list[list[Value]]
    unwanted: list[str]


def rows(fields: Sequence[str], operations: Sequence[Operation]) -> bytes:
    """Return the rows as bytes."""
    return compact_json(
        {
            "columns": list(fields),
            "wanted": [
                [each.key, *(each.fields.get(field) for field in fields)]
                for each in operations
                if each.op == "upsert"
            ],
            "unwanted": [each.key for each in operations if each.op == "remove"],
        }
    )
