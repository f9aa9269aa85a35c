"""Operations as the rows of a table, and the statements that put them there."""

from collections.abc import Mapping, Sequence
from typing import LiteralString

from pydantic import BaseModel

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation

Value = str | int | float | bool | None

UPSERT: LiteralString = """
insert into {table} as held ({columns}) select {columns} from onefold_incoming
on conflict ({key}) do update set ({fields}) = row({excluded})
where ({held}) is distinct from ({excluded})
"""
# What the modes do that change nothing, or make nothing; every other one is an upsert.
PUT: Mapping[str, LiteralString] = {
    "update": """
update {table} as held set ({fields}) = row({excluded})
from onefold_incoming as excluded
where held.{key} = excluded.{key} and ({held}) is distinct from ({excluded})
""",
    "insert": """
insert into {table} ({columns}) select {columns} from onefold_incoming
on conflict ({key}) do nothing
""",
    "append": "insert into {table} ({columns}) select {columns} from onefold_incoming",
}
ARCHIVE: LiteralString = """
update {table} set {archived_at} = now() where {key} = any(%s) and {archived_at} is null
"""
TAKE_OUT: LiteralString = """
update {table} set {archived_at} = null where {key} = any(%s) and {archived_at} is not null
"""
ABSENT: LiteralString = """
select sent.key from unnest(%s::text[]) as sent (key)
where not exists (select from {table} where {key} = sent.key)
"""


class Rows(BaseModel):
    """What is to be in the table, and what is not."""

    # Beside the key, which comes first in every row.
    columns: list[str]
    wanted: list[list[Value]]
    unwanted: list[str]
    archived: list[str] = []
    mode: Mode = "mirror"

    @property
    def wanted_keys(self) -> list[str]:
        """The keys of the rows that are to be in the table."""
        return [str(row[0]) for row in self.wanted]


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
            "unwanted": [each.key for each in operations if each.verb == "remove"],
            "archived": [each.key for each in operations if each.verb == "archive"],
            "mode": operations[0].mode,
        }
    )
