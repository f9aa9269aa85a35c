"""What S3 answers."""

from dataclasses import replace

from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.s3 import limits
from orchestration.activation.destinations.statuses import refusal_of
from orchestration.activation.outbound import Answer


def refusal(answer: Answer) -> BatchResult:
    """Return what an answer other than 2xx stands for; no row is ever at fault."""
    result = refusal_of(answer)
    if answer.status == limits.CONFLICT:
        return replace(result, verdict=Verdict.RETRY)
    if result.verdict in {Verdict.ROWS, Verdict.TOO_LARGE}:
        return replace(result, verdict=Verdict.MISCONFIGURED)
    return result
