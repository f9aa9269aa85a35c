"""What the answers of a webhook mean."""

import json
import re
from collections.abc import Mapping, Sequence

from orchestration.activation.destinations.protocol import BatchResult, Operation, Verdict
from orchestration.activation.outbound import Answer

AUTH_STATUSES = {401, 403}
# Said before anything was done; after a 5xx something may have been.
UNTOUCHED_STATUSES = {408, 425, 429}
# About the address, not about any row: halving the batch would find no culprit.
ADDRESS_STATUSES = {404, 405, 410}

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
SHORTEST_VALUE = 3


def result_of(answer: Answer, operations: Sequence[Operation]) -> BatchResult:
    """Return the outcome that an answer stands for."""
    status = answer.status
    code = f"http_{status}"

    if status in range(200, 300):
        return _accepted(answer, operations)
    if status in AUTH_STATUSES:
        return BatchResult(Verdict.AUTH, error_code=code, http_status=status)
    if status == 413:  # noqa: PLR2004 - a status, and it stands in the contract as this number
        return BatchResult(Verdict.TOO_LARGE, error_code=code, http_status=status)
    if status in ADDRESS_STATUSES:
        refused = {operation.key: code for operation in operations}
        return BatchResult(Verdict.ANSWERED, refused, error_code=code, http_status=status)
    if status in range(400, 500) and status not in UNTOUCHED_STATUSES:
        return BatchResult(Verdict.ROWS, error_code=code, http_status=status)

    verdict = Verdict.RETRY if status in UNTOUCHED_STATUSES else Verdict.AMBIGUOUS
    return BatchResult(verdict, error_code=code, http_status=status, retry_after=answer.retry_after)


def _accepted(answer: Answer, operations: Sequence[Operation]) -> BatchResult:
    if not answer.body.strip():
        return BatchResult(Verdict.ANSWERED, http_status=answer.status)
    try:
        rejected = _rejected(json.loads(answer.body), operations)
    except (ValueError, TypeError, KeyError, RecursionError):
        return BatchResult(
            Verdict.AMBIGUOUS, error_code="unreadable_answer", http_status=answer.status
        )
    return BatchResult(Verdict.ANSWERED, rejected, http_status=answer.status)


def _rejected(document: object, operations: Sequence[Operation]) -> dict[str, str]:
    sent = {operation.key: operation for operation in operations}
    listed = document.get("rejected") if isinstance(document, dict) else None
    reasons = {str(entry["key"]): entry.get("reason") for entry in listed or ()}
    return {key: _code(reason, sent[key].fields) for key, reason in reasons.items() if key in sent}


def _code(reason: object, fields: Mapping[str, object]) -> str:
    """Return the reason where it is a code; anything else may quote the row."""
    if not isinstance(reason, str) or not CODE.fullmatch(reason):
        return "refused"
    values = [str(value).lower() for value in fields.values() if value is not None]
    quotes = any(value in reason.lower() for value in values if len(value) >= SHORTEST_VALUE)
    return "refused" if quotes or re.search(r"\d{5}", reason) else reason
