"""What PostgreSQL says."""

import psycopg

from orchestration.activation.addresses import NotSentError
from orchestration.activation.destinations.postgres import limits
from orchestration.activation.destinations.protocol import BatchResult, Verdict


def refused_connection(error: psycopg.Error | NotSentError) -> BatchResult:
    """Return the outcome of an attempt that got no connection; the driver tells no code for it."""
    code = error.code if isinstance(error, NotSentError) else "not_connected"
    return BatchResult(Verdict.RETRY, error_code=code)


def result_of(error: psycopg.Error) -> BatchResult:
    """Return the outcome of a transaction that failed; its text quotes rows, its code does not."""
    state = error.sqlstate
    if state is None and isinstance(error, psycopg.DataError):
        # The driver itself does not take a value: a text with a NUL.
        return BatchResult(Verdict.ROWS, error_code="value_refused")
    if state is None:
        # The connection broke. If the transaction was committed, a repetition finds its mark.
        return BatchResult(Verdict.AMBIGUOUS, error_code="connection_lost")
    verdict = limits.VERDICTS.get(state[:2], Verdict.AMBIGUOUS)
    return BatchResult(verdict, error_code=f"sqlstate_{state}")
