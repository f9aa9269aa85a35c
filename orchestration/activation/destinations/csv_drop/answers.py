"""What the file system says."""

from orchestration.activation.destinations.protocol import BatchResult, Verdict


def result_of(error: OSError) -> BatchResult:
    """Return the outcome of a file that could not be written.

    Until the manifest is there, nothing was delivered; if it is, a repetition sees it.
    """
    code = f"file_{(error.strerror or 'error').lower().replace(' ', '_')}"
    return BatchResult(Verdict.RETRY, error_code=code)
