"""Mail as a destination."""

import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from orchestration.activation.addresses import Addresses, NotSentError
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.activation.destinations.smtp import limits, payload
from orchestration.activation.destinations.smtp.answers import (
    LOST,
    refused_mail,
    refused_session,
    result_of,
)
from orchestration.activation.destinations.smtp.payload import MailTemplate
from orchestration.activation.destinations.smtp.settings import Connection, Target
from orchestration.activation.mail import CheckedSmtp, open_session
from orchestration.activation.match_keys import canonical_email
from orchestration.errors import UsageError
from orchestration.settings import Settings


class SmtpMail:
    """Writes once to whoever comes in; who changes or leaves hears nothing."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    mixes_operations = True
    sends_once = True

    def __init__(
        self, addresses: Addresses, connection: Connection, template: MailTemplate
    ) -> None:
        self._addresses = addresses
        self._connection = connection
        self._template = template
        self._session: CheckedSmtp | None = None

    def render(
        self,
        sync: str,  # noqa: ARG002 - the template stands for it
        fields: Sequence[str],
        operations: Sequence[Operation],
    ) -> bytes:
        """Return what is said to whom.

        Raises:
            UsageError: the template names a column that the sync model does not have.
        """
        if unknown := self._template.columns - set(fields):
            raise UsageError(f"The template names {min(unknown)}, which the sync model has not.")
        return payload.letter(self._template, operations[0])

    def send(self, batch: Batch) -> BatchResult:
        """Send one mail, if there is one to send."""
        (operation,) = batch.operations
        if not batch.payload:
            return BatchResult(Verdict.ANSWERED)
        if canonical_email(operation.fields.get("email")) is None:
            return BatchResult(Verdict.ANSWERED, {operation.key: "no_match_key"})
        try:
            mail = payload.message(
                batch.payload,
                self._connection.sender,
                batch.idempotency_key,
                self._unsubscribe_link(operation.key),
            )
        except ValueError:
            return BatchResult(Verdict.ANSWERED, {operation.key: "value_unfit_for_header"})
        return self._hand_over(mail, operation.key)

    def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            self._session.close()
        self._session = None

    def _hand_over(self, mail: EmailMessage, key: str) -> BatchResult:
        try:
            session = self._connected()
        except NotSentError as error:
            return BatchResult(Verdict.RETRY, error_code=error.code)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return refused_session(error)

        mail["Date"] = formatdate(usegmt=True)
        try:
            session.send_message(mail)
        except smtplib.SMTPResponseException as error:
            self.close()
            return result_of(error, key)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
            is_sender_ascii = parseaddr(self._connection.sender)[1].isascii()
            return refused_mail(error, key, is_sender_ascii=is_sender_ascii)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            # It may have been taken in. Nobody gets the same mail twice for that.
            return LOST if session.is_text_announced else refused_session(error)
        return BatchResult(Verdict.ANSWERED)

    def _connected(self) -> CheckedSmtp:
        if self._session is None or not _is_alive(self._session):
            self._session = open_session(self._addresses, self._connection)
        return self._session

    def _unsubscribe_link(self, key: str) -> str:
        secret = self._connection.unsubscribe_secret.get_secret_value().encode()
        return payload.unsubscribe_link(self._connection.unsubscribe_url, secret, key)


def connect(settings: Settings, connection: Connection, target: Target) -> SmtpMail:
    """Return mail as the environment and the declaration describe it.

    Raises:
        UsageError: the host is private and not listed, or the template cannot be used.
    """
    addresses = Addresses(settings.allow_hosts)
    addresses.check(connection.host, connection.port, connection.variable("host"))
    path = connection.templates / f"{target.template}.txt"
    try:
        template = MailTemplate.parse(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise UsageError(f"The template {path} cannot be read.") from None
    except ValueError as error:
        raise UsageError(f"The template {path} cannot be used: {error}.") from None
    return SmtpMail(addresses, connection, template)


def _is_alive(session: CheckedSmtp) -> bool:
    try:
        return session.noop()[0] in range(200, 300)
    except (smtplib.SMTPException, OSError):
        return False
