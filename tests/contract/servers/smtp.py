"""A mail server on loopback: aiosmtpd, with a script of what it answers."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.contract.servers.processes import free_port


@dataclass
class Mailboxes:
    """Takes mail in, unless the script says otherwise."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    # Answers to the next mails, before or after they are taken in; None is no answer.
    script: list[tuple[str | None, bool]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    # Answers to the next senders; None is no answer.
    senders: list[str | None] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - the name of the protocol
        self,
        server: Any,
        session: Any,  # noqa: ARG002 - inherited
        envelope: Any,
        address: str,
        options: list[str],
    ) -> str:
        """Take a sender, or not."""
        answer = self.senders.pop(0) if self.senders else "250 OK"
        if answer is None:
            server.transport.abort()
        elif answer.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name of the protocol
        self,
        server: Any,  # noqa: ARG002 - inherited
        session: Any,  # noqa: ARG002 - inherited
        envelope: Any,
        address: str,
        options: Any,  # noqa: ARG002 - inherited
    ) -> str:
        """Take a recipient, or not."""
        if address in self.refused:
            return f"550 5.1.1 {address} unknown"
        if address in self.full:
            return "452 4.2.2 full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        """Take a mail, or not."""
        answer, is_taken = self.script.pop(0) if self.script else ("250 OK", True)
        if is_taken:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if answer is None:
            server.transport.abort()
            return "250 OK"
        return answer


@contextmanager
def mail_server(
    *, takes_any_letter: bool = True, tls: ssl.SSLContext | None = None
) -> Iterator[Mailboxes]:
    """Run a mail server, which takes addresses in any letters, or in ASCII alone.

    Args:
        takes_any_letter: Whether addresses may have letters beyond ASCII.
        tls: What it proves itself with, where it offers STARTTLS.
    """
    mailboxes = Mailboxes(free_port())
    controller = Controller(
        mailboxes,
        hostname="127.0.0.1",
        port=mailboxes.port,
        enable_SMTPUTF8=takes_any_letter,
        tls_context=tls,
    )
    controller.start()
    try:
        yield mailboxes
    finally:
        controller.stop()


class Turnstile(socketserver.StreamRequestHandler):
    """Sends everybody away, as a server does that does not know the client's address."""

    def handle(self) -> None:
        """Say so."""
        self.wfile.write(b"554 5.7.1 not you\r\n")


@contextmanager
def closed_mail_server() -> Iterator[int]:
    """Run a server that takes no session, and tell its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Turnstile) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
