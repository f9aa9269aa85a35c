"""What an HTTP status says about a batch, unless a vendor means something else by it."""

from orchestration.activation.addresses import NotSentError
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.outbound import UNTOUCHED_STATUSES, Answer, UnansweredError

AUTH_STATUSES = {401, 403}
# The body, the address of a search for many, or the headers.
TOO_LARGE_STATUSES = {413, 414, 431}
# A proxy's word that somebody hung up in the middle of it.
HUNG_UP = 499
# Every other 4xx is about the address or the account: halving the batch would find no culprit.
ROW_STATUSES = {400, 409, 422}


def is_success(answer: Answer) -> bool:
    """Return whether the request was done, at least in part."""
    return answer.status in range(200, 300)


def refusal_of(answer: Answer) -> BatchResult:
    """Return what an answer other than 2xx stands for."""
    status = answer.status
    return BatchResult(
        _verdict(status),
        error_code=f"http_{status}",
        http_status=status,
        retry_after=answer.retry_after,
    )


def unreadable(answer: Answer) -> BatchResult:
    """Return the result of an answer that tells nothing: the work may be done."""
    return BatchResult(Verdict.AMBIGUOUS, error_code="unreadable_answer", http_status=answer.status)


def unanswered(error: NotSentError | UnansweredError) -> BatchResult:
    """Return the result of a request without an answer."""
    if isinstance(error, NotSentError):
        return BatchResult(Verdict.RETRY, error_code=error.code, retry_after=error.retry_after)
    return BatchResult(Verdict.AMBIGUOUS, error_code=error.code)


def _verdict(status: int) -> Verdict:
    if status in AUTH_STATUSES:
        return Verdict.AUTH
    if status in TOO_LARGE_STATUSES:
        return Verdict.TOO_LARGE
    if status in UNTOUCHED_STATUSES:
        return Verdict.RETRY
    if status in ROW_STATUSES:
        return Verdict.ROWS
    is_ours = status in range(400, 500) and status != HUNG_UP
    return Verdict.MISCONFIGURED if is_ours else Verdict.AMBIGUOUS
