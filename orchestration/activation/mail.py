"""Sessions with mail servers: at the address that was checked, over TLS; and the form of mails."""

import smtplib
import socket
from base64 import b64encode
from collections.abc import Sequence
from email.policy import EmailPolicy
from typing import Any

from pydantic import SecretStr, field_validator

from orchestration.activation.addresses import Addresses
from orchestration.certificates import RootCertificate, verifying
from orchestration.settings import ConnectionSettings

CONNECT_SECONDS = 10.0
# What RFC 5321 grants a server between the final full stop and its answer is longer.
ANSWER_SECONDS = 60.0

# As an address alone, or with a name before it.
SENDER = r"^[^\r\n]*[^@\s<]+@[^@\s>]+\.[^@\s>]+>?$"

# Of RFC 5322, without the name of the header; and what fits into a line of RFC 2047.
MOST_PLAIN_LETTERS = 900
MOST_ENCODED_BYTES = 39


class MailServer(ConnectionSettings):
    """The server, and the login where it asks for one."""

    host: str
    port: int = 587
    user: str | None = None
    password: SecretStr | None = None
    # The authority that vouches for the server, where the system does not know it.
    root_certificate: RootCertificate | None = None

    @field_validator("user", "password")
    @classmethod
    def _fit_for_a_login(cls, value: str | SecretStr | None) -> str | SecretStr | None:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if text is not None and not text.isascii():
            raise ValueError("it holds a letter beyond ASCII, which no login to mail can send")
        return value


class ExactSubjects(EmailPolicy):
    """The form of a mail whose subject arrives letter for letter.

    Python's own folding loses spaces between words in other letters than ASCII, and breaks a long
    plain subject in two lines, which some readers show.
    """

    def fold(self, name: str, value: str) -> str:
        """Return a header as it is sent."""
        if name.lower() != "subject":
            return str(super().fold(name, value))
        return f"{name}: {_encoded(str(value), self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it is sent."""
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


LETTER = ExactSubjects(linesep="\r\n")


def _encoded(text: str, linesep: str) -> str:
    is_plain = text.isascii() and text.isprintable() and "=?" not in text
    if is_plain and text == text.strip() and len(text) <= MOST_PLAIN_LETTERS:
        return text
    words = [b""]
    for letter in (letter.encode("utf-8", "replace") for letter in text):
        if len(words[-1]) + len(letter) > MOST_ENCODED_BYTES:
            words.append(b"")
        words[-1] += letter
    return f"{linesep} ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in words)


class CheckedSmtp(smtplib.SMTP):
    """A session with an address that was checked, whose certificate is for the name."""

    # Until then nothing of the mail has left.
    is_text_announced = False

    def __init__(self, addresses: Addresses, host: str, port: int) -> None:
        self._addresses = addresses
        super().__init__(host, port, timeout=CONNECT_SECONDS)

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Begin a mail."""
        self.is_text_announced = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401 - as inherited
        """Announce and send the text."""
        self.is_text_announced = True
        return super().data(msg)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((self._addresses.resolve(host, port), port), timeout)


def open_session(addresses: Addresses, server: MailServer) -> CheckedSmtp:
    """Open a session in which both sides have proved who they are.

    Raises:
        NotSentError: the address is not allowed or cannot be reached.
        SMTPException: the server refuses TLS or the login.
        OSError: the connection broke.
    """
    session = CheckedSmtp(addresses, server.host, server.port)
    try:
        _prove_both_sides(session, addresses, server)
    except BaseException:
        session.close()
        raise
    if session.sock is not None:
        session.sock.settimeout(ANSWER_SECONDS)
    return session


def _prove_both_sides(session: CheckedSmtp, addresses: Addresses, server: MailServer) -> None:
    # Plain only where the operator vouches for the host.
    if not addresses.is_listed(server.host, server.port) or server.root_certificate:
        session.starttls(context=verifying(server.root_certificate))
    if server.user is not None and server.password is not None:
        session.login(server.user, server.password.get_secret_value())
