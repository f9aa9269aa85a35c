"""What Redis says."""

import redis

from orchestration.activation.addresses import NotSentError
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.redis import limits

# The driver takes the word off these, and before the rest it quotes the command, with its row.
WORDS = {
    redis.exceptions.MasterDownError: "MASTERDOWN",
    redis.exceptions.ClusterDownError: "CLUSTERDOWN",
    redis.exceptions.TryAgainError: "TRYAGAIN",
    redis.exceptions.ReadOnlyError: "READONLY",
    redis.exceptions.NoPermissionError: "NOPERM",
    redis.exceptions.OutOfMemoryError: "OOM",
}
QUOTED_BEFORE = " of pipeline caused error: "


def result_of(error: redis.RedisError | NotSentError) -> BatchResult:
    """Return the outcome of a transaction that failed, by the first word of what is said."""
    if isinstance(error, NotSentError):
        return BatchResult(Verdict.RETRY, error_code=error.code)
    if isinstance(error, redis.AuthenticationError):
        return BatchResult(Verdict.AUTH, error_code="login_refused")
    if isinstance(error, redis.ConnectionError | redis.TimeoutError):
        return BatchResult(Verdict.AMBIGUOUS, error_code="connection_lost")
    word = _first_word(error)
    if word in limits.AUTH_WORDS:
        return BatchResult(Verdict.AUTH, error_code=word.lower())
    if word in limits.PASSING_WORDS:
        return BatchResult(Verdict.RETRY, error_code=word.lower())
    # Out of memory, or another kind of value under a key of ours: nothing a row could help.
    return BatchResult(Verdict.MISCONFIGURED, error_code=word.lower() or "redis_failed")


def _first_word(error: redis.RedisError) -> str:
    """Return the word in capitals that Redis begins an error with."""
    for kind, word in WORDS.items():
        if isinstance(error, kind):
            return word
    said = str(error).rpartition(QUOTED_BEFORE)[2].partition(" ")[0]
    return said if said in limits.KNOWN_WORDS else ""
