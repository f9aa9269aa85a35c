"""What the answers of a webhook mean."""

import json
from collections.abc import Sequence

from orchestration.activation.destinations.codes import code_of
from orchestration.activation.destinations.protocol import BatchResult, Operation, Verdict
from orchestration.activation.destinations.statuses import is_success, refusal_of, unreadable
from orchestration.activation.outbound import Answer


def result_of(answer: Answer, operations: Sequence[Operation]) -> BatchResult:
    """Return the outcome that an answer stands for."""
    if is_success(answer):
        return _accepted(answer, operations)
    result = refusal_of(answer)
    if result.verdict == Verdict.MISCONFIGURED:
        # The receiver is the user's own: a path that is gone refuses what is sent to it.
        code = result.error_code or "refused"
        refused = {operation.key: code for operation in operations}
        return BatchResult(Verdict.ANSWERED, refused, code, answer.status)
    return result


def _accepted(answer: Answer, operations: Sequence[Operation]) -> BatchResult:
    if not answer.body.strip():
        return BatchResult(Verdict.ANSWERED, http_status=answer.status)
    try:
        rejected = _rejected(json.loads(answer.body), operations)
    except (ValueError, TypeError, KeyError, RecursionError):
        return unreadable(answer)
    return BatchResult(Verdict.ANSWERED, rejected, http_status=answer.status)


def _rejected(document: object, operations: Sequence[Operation]) -> dict[str, str]:
    sent = {operation.key: operation for operation in operations}
    listed = document.get("rejected") if isinstance(document, dict) else None
    reasons = {str(entry["key"]): entry.get("reason") for entry in listed or ()}
    return {
        key: code_of(reason, sent[key].fields) for key, reason in reasons.items() if key in sent
    }
