"""Batches as the body of a webhook."""

from collections.abc import Sequence

from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation


def body(sync: str, operations: Sequence[Operation]) -> bytes:
    """Return the JSON body; no time and no attempt is in it."""
    document = {
        "sync": sync,
        "operations": [
            {"op": operation.verb, "key": operation.key, "fields": dict(operation.fields)}
            for operation in operations
        ],
    }
    return compact_json(document)
