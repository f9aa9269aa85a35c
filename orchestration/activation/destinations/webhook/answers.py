"""What the answers of a webhook mean."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.activation.destinations.codes import code_of
from orchestration.activation.destinations.http import NO_CONTENT
from orchestration.activation.destinations.protocol import BatchResult, Operation, Verdict
from orchestration.activation.destinations.statuses import is_success, refusal_of, unreadable
from orchestration.activation.destinations.webhook import limits
from orchestration.activation.outbound import Answer


def result_of(answer: Answer, operations: Sequence[Operation]) -> BatchResult:
    """Return the outcome that an answer stands for."""
    if is_success(answer):
        return _accepted(answer, operations)
    result = refusal_of(answer)
    if answer.status in limits.ADDRESS_STATUSES:
        # The receiver is the user's own: a path that is gone refuses what is sent to it.
        code = result.error_code or "refused"
        refused = {operation.key: code for operation in operations}
        return BatchResult(Verdict.ANSWERED, refused, code, answer.status)
    return result


def _accepted(answer: Answer, operations: Sequence[Operation]) -> BatchResult:
    if _is_missing(answer):
        return unreadable(answer)
    if not answer.body.strip():
        return BatchResult(Verdict.ANSWERED, http_status=answer.status)
    try:
        reasons = _reasons(json.loads(answer.body))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return unreadable(answer)
    sent = {operation.key: operation for operation in operations}
    rejected = {
        key: code_of(reason, sent[key].fields) for key, reason in reasons.items() if key in sent
    }
    # Whoever else was meant may be one of ours under another name.
    is_clear = len(rejected) == len(reasons)
    return BatchResult(Verdict.ANSWERED, rejected, http_status=answer.status, is_verified=is_clear)


def _is_missing(answer: Answer) -> bool:
    """Return whether JSON was to follow that the connection may have broken off before.

    Where neither a length nor chunks tell its end, an answer ends with the connection.
    """
    has_end = {"content-length", "transfer-encoding"} & answer.headers.keys()
    kind = answer.headers.get("content-type", "")
    return not answer.body and not has_end and "json" in kind and answer.status != NO_CONTENT


def _reasons(document: Mapping[str, Any]) -> dict[str, object]:
    """Return why rows were refused, by key; a document without the list tells of none."""
    return {str(entry["key"]): entry.get("reason") for entry in document.get("rejected") or ()}
