"""Where alerts go: to a webhook, by mail."""

import json
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import ClassVar, TypeVar

from pydantic import Field, SecretStr

from orchestration.activation.addresses import Addresses, NotSentError
from orchestration.activation.alerts import Alert, Channel, UntoldError
from orchestration.activation.destinations.signatures import signature, signing_key
from orchestration.activation.destinations.statuses import is_success
from orchestration.activation.mail import LETTER, SENDER, MailServer, open_session
from orchestration.activation.outbound import OutboundClient, UnansweredError
from orchestration.errors import UsageError
from orchestration.settings import ConnectionSettings, Settings

MAX_ANSWER_BYTES = 64 * 1024

Kind = TypeVar("Kind", bound=ConnectionSettings)


class WebhookSettings(ConnectionSettings, env_prefix="ONEFOLD_ALERT_WEBHOOK_"):
    """Address, and the secret of the signatures."""

    any_bytes: ClassVar[frozenset[str]] = frozenset({"secret"})

    url: str
    secret: SecretStr


class MailSettings(MailServer, env_prefix="ONEFOLD_ALERT_MAIL_"):
    """The server, whom alerts are from, and to whom, by commas."""

    sender: str = Field(pattern=SENDER)
    to: str = Field(pattern=SENDER)


class AlertWebhook:
    """Posts alerts, signed as batches are."""

    name = "webhook"

    def __init__(
        self,
        client: OutboundClient,
        settings: WebhookSettings,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._url = settings.url
        self._key = signing_key(settings.secret.get_secret_value(), settings.variable("secret"))
        # Not `ONEFOLD_NOW`: the receiver compares the time with its own clock.
        self._wall_clock = wall_clock

    def tell(self, alert: Alert) -> None:
        """Post an alert.

        Raises:
            UntoldError: it was not answered with 2xx.
        """
        body = json.dumps(_document(alert), sort_keys=True).encode()
        timestamp = str(int(self._wall_clock()))
        headers = {
            "content-type": "application/json",
            "webhook-id": alert.alert_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(self._key, alert.alert_id, timestamp, body),
        }
        try:
            answer = self._client.post(self._url, headers, body)
        except (NotSentError, UnansweredError) as error:
            raise UntoldError(error.code) from None
        if not is_success(answer):
            raise UntoldError(f"http_{answer.status}")

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


class AlertMail:
    """Writes alerts to people who run the syncs."""

    name = "mail"

    def __init__(self, addresses: Addresses, settings: MailSettings) -> None:
        self._addresses = addresses
        self._settings = settings

    def tell(self, alert: Alert) -> None:
        """Write an alert.

        Raises:
            UntoldError: the server did not take it.
        """
        try:
            with closing(open_session(self._addresses, self._settings)) as session:
                session.send_message(self._message(alert))
        except NotSentError as error:
            raise UntoldError(error.code) from None
        except (smtplib.SMTPException, OSError) as error:
            # Of the server's words none is kept: they quote addresses.
            raise UntoldError(f"smtp_{getattr(error, 'smtp_code', 'not_connected')}") from None

    def close(self) -> None:
        """Nothing is kept open."""

    def _message(self, alert: Alert) -> EmailMessage:
        mail = EmailMessage(policy=LETTER)
        mail["From"] = self._settings.sender
        mail["To"] = self._settings.to
        mail["Subject"] = f"onefold: {alert.headline}"
        mail["Date"] = formatdate(usegmt=True)
        domain = parseaddr(self._settings.sender)[1].rpartition("@")[2]
        mail["Message-ID"] = f"<{alert.alert_id}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(_text(alert))
        return mail


@contextmanager
def alert_channels(settings: Settings) -> Iterator[list[Channel]]:
    """Open the channels that the environment describes; often there is none.

    Raises:
        UsageError: a channel is described in part, or would never be sent to.
    """
    channels: list[Channel] = []
    if webhook := _described(WebhookSettings):
        client = OutboundClient(
            allow_hosts=settings.allow_hosts,
            timeout_seconds=settings.http_timeout_seconds,
            root_certificate=settings.https_root_certificate,
            max_answer_bytes=MAX_ANSWER_BYTES,
        )
        client.check(webhook.url, webhook.variable("url"))
        channels.append(AlertWebhook(client, webhook))
    if mail := _described(MailSettings):
        addresses = Addresses(settings.allow_hosts)
        addresses.check(mail.host, mail.port, mail.variable("host"))
        channels.append(AlertMail(addresses, mail))
    try:
        yield channels
    finally:
        for channel in channels:
            channel.close()


def _described(kind: type[Kind]) -> Kind | None:
    missing = kind.missing()
    needed = [name for name, field in kind.model_fields.items() if field.is_required()]
    if not missing:
        return kind()
    if len(missing) < len(needed):
        raise UsageError(f"{' and '.join(missing)} is not set, so that no alert could be sent.")
    return None


def _document(alert: Alert) -> dict[str, object]:
    return {
        "type": f"sync.{alert.state}",
        "former_state": alert.former_state,
        "state": alert.state,
        "headline": alert.headline,
        "data": alert.report.model_dump(),
    }


def _text(alert: Alert) -> str:
    report = alert.report
    lines = [f"{alert.headline}.", f"Before, its state was: {alert.former_state}.", ""]
    lines += [f"Reason: {report.reason}."] if report.reason else []
    lines += [f"Run: {report.run_id}"] if report.run_id else []
    lines += [
        f"Added {report.added}, updated {report.updated}, removed {report.removed}, "
        f"rejected {report.rejected}, pending {report.pending}.",
        "",
        "`onefold sync status` tells more. You hear again when the state is another.",
    ]
    return "\n".join(lines)
