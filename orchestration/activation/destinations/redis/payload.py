"""Operations as commands of Redis."""

import json
from collections.abc import Sequence
from typing import Any

from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation

Command = list[str]


def commands(audience: str, operations: Sequence[Operation]) -> bytes:
    """Return what makes the store equal to the rows; all of it can be repeated.

    The braces keep the keys of an audience on one node of a cluster, as a transaction needs.
    """
    space = f"onefold:{{{audience}}}"
    return compact_json([command for each in operations for command in _commands(space, each)])


def parsed(payload: bytes) -> list[Command]:
    """Return the commands of a payload."""
    found: list[Command] = json.loads(payload)
    return found


def _commands(space: str, operation: Operation) -> list[Command]:
    members, profile = f"{space}:members", f"{space}:profile:{operation.key}"
    # Emptied first, or else a field that left the sync model would stay.
    emptied: Command = ["DEL", profile]
    if operation.op == "remove":
        return [["SREM", members, operation.key], emptied]
    fields = [
        text
        for name, value in operation.fields.items()
        if value is not None
        for text in (name, _text(value))
    ]
    filled: list[Command] = [["HSET", profile, *fields]] if fields else []
    return [emptied, *filled, ["SADD", members, operation.key]]


def _text(value: Any) -> str:  # noqa: ANN401 - a cell of any row
    return value if isinstance(value, str) else json.dumps(value)
