"""What an SFTP server, or the way to it, says."""

import paramiko

from orchestration.activation.addresses import NotSentError
from orchestration.activation.destinations.protocol import BatchResult, Verdict

FAILURES = (paramiko.SSHException, OSError, EOFError, NotSentError)


def result_of(error: Exception) -> BatchResult:
    """Return the outcome of a file that could not be written.

    Until the manifest is there, nothing was delivered; if it is, a repetition sees it.
    """
    match error:
        case NotSentError():
            return BatchResult(Verdict.RETRY, error_code=error.code)
        case paramiko.BadHostKeyException():
            return BatchResult(Verdict.AUTH, error_code="host_key_differs")
        case paramiko.AuthenticationException():
            return BatchResult(Verdict.AUTH, error_code="login_refused")
        case PermissionError():
            return BatchResult(Verdict.MISCONFIGURED, error_code="folder_not_writable")
        case _:
            return BatchResult(Verdict.RETRY, error_code="sftp_failed")
