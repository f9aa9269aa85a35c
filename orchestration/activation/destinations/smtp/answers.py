"""What a mail server says."""

import smtplib

from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.smtp import limits

# The mail whose answer never came counts as sent, unconfirmed.
LOST = BatchResult(Verdict.ANSWERED, error_code="answer_lost", is_verified=False)


def refused_session(error: smtplib.SMTPException | OSError) -> BatchResult:
    """Return the outcome of an attempt that got no session; no recipient is to blame for it."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return BatchResult(Verdict.AUTH, error_code="login_refused")
        case smtplib.SMTPNotSupportedError():
            return BatchResult(Verdict.MISCONFIGURED, error_code="tls_or_login_not_offered")
        case smtplib.SMTPResponseException():
            return _answered_to_us(error.smtp_code)
        case _:
            return BatchResult(Verdict.RETRY, error_code="not_connected")


def result_of(
    error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused, key: str
) -> BatchResult:
    """Return the outcome of a mail that was refused, before or after it was handed over."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _answered_of_recipient(next(iter(error.recipients.values()))[0], key)
        case smtplib.SMTPSenderRefused() | smtplib.SMTPHeloError():
            return _answered_to_us(error.smtp_code)
        case _:
            return _answered(error.smtp_code, key)


def refused_mail(
    error: smtplib.SMTPRecipientsRefused | smtplib.SMTPNotSupportedError,
    key: str,
    *,
    is_sender_ascii: bool,
) -> BatchResult:
    """Return the outcome of a mail for one of whose addresses the session is not to blame."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        # Found before anything was said: letters beyond ASCII in an address.
        if is_sender_ascii:
            return BatchResult(Verdict.ANSWERED, {key: "smtputf8_not_offered"})
        return BatchResult(Verdict.MISCONFIGURED, error_code="smtputf8_not_offered")
    return result_of(error, key)


def _answered(code: int, key: str) -> BatchResult:
    if code in limits.PERMANENT:
        return _refused(code, key)
    return BatchResult(Verdict.RETRY, error_code=f"smtp_{code}")


def _answered_of_recipient(code: int, key: str) -> BatchResult:
    if code == limits.CLOSING:
        return BatchResult(Verdict.RETRY, error_code=f"smtp_{code}")
    # A mailbox may be full for weeks, and the others are not to wait for it.
    return _refused(code, key)


def _refused(code: int, key: str) -> BatchResult:
    return BatchResult(Verdict.ANSWERED, {key: f"smtp_{code}"})


def _answered_to_us(code: int) -> BatchResult:
    verdict = Verdict.MISCONFIGURED if code in limits.PERMANENT else Verdict.RETRY
    return BatchResult(verdict, error_code=f"smtp_{code}")
