"""Sessions with mail servers: at the address that was checked, over TLS."""

import smtplib
import socket

from pydantic import SecretStr, field_validator

from orchestration.activation.addresses import Addresses
from orchestration.certificates import RootCertificate, verifying
from orchestration.settings import ConnectionSettings

CONNECT_SECONDS = 10.0
# What RFC 5321 grants a server between the final full stop and its answer is longer.
ANSWER_SECONDS = 60.0

# As an address alone, or with a name before it.
SENDER = r"^[^\r\n]*[^@\s<]+@[^@\s>]+\.[^@\s>]+>?$"


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


class CheckedSmtp(smtplib.SMTP):
    """A session with an address that was checked, whose certificate is for the name."""

    def __init__(self, addresses: Addresses, host: str, port: int) -> None:
        self._addresses = addresses
        super().__init__(host, port, timeout=CONNECT_SECONDS)

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
