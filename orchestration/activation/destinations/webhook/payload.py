"""Batches as the body of a webhook."""

import json
from collections.abc import Sequence

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
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
