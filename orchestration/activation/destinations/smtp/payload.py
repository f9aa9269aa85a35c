"""Mails from templates."""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from string import Template
from typing import Any
from urllib.parse import quote

from orchestration.activation.destinations.http import compact_json
from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.mail import LETTER

SUBJECT = "Subject:"
# Ends a line somewhere on the way, or cannot be shown; a tab is a blank.
UNFIT_FOR_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True)
class MailTemplate:
    """A subject and a text with `$column` in them; a blank column is nothing."""

    subject: str
    text: str

    @classmethod
    def parse(cls, content: str) -> "MailTemplate":
        """Read a template: `Subject: ...`, an empty line, the text.

        Raises:
            ValueError: the first line is no subject, or a `$` names no column.
        """
        head, _, text = content.partition("\n\n")
        if not head.startswith(SUBJECT) or "\n" in head or not text.strip():
            raise ValueError("it must begin with `Subject: ...` and an empty line")
        template = cls(head.removeprefix(SUBJECT).strip(), text)
        if not (Template(template.subject).is_valid() and Template(text).is_valid()):
            raise ValueError("a $ in it names no column; write $$ for a dollar")
        return template

    @property
    def columns(self) -> set[str]:
        """The columns that it names."""
        return {*Template(self.subject).get_identifiers(), *Template(self.text).get_identifiers()}

    def filled(self, fields: Mapping[str, Any]) -> dict[str, str]:
        """Return subject and text for a row."""
        known = {name: "" if value is None else str(value) for name, value in fields.items()}
        return {
            "subject": Template(self.subject).substitute(known),
            "text": Template(self.text).substitute(known),
        }


def letter(template: MailTemplate, operation: Operation) -> bytes:
    """Return what is said to whom; nothing, where nothing is to be said."""
    if operation.op == "remove" or operation.is_held:
        return b""
    filled = template.filled(operation.fields)
    return compact_json({"to": operation.fields.get("email") or "", **filled})


def message(content: bytes, sender: str, message_id: str, unsubscribe: str) -> EmailMessage:
    """Return a letter as a mail.

    Raises:
        ValueError: a value cannot be part of a header.
    """
    said = json.loads(content)
    mail = EmailMessage(policy=LETTER)
    mail["From"] = sender
    mail["To"] = said["to"]
    mail["Subject"] = said["subject"]
    # The same on every attempt, so that a mailbox can tell a repetition.
    mail["Message-ID"] = f"<{message_id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    mail["List-Unsubscribe"] = f"<{unsubscribe}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    _check_headers(mail, said["to"])
    mail.set_content(said["text"])
    return mail


def _check_headers(mail: EmailMessage, recipient: str) -> None:
    """Hold the headers, as they were understood, against what was meant.

    Encoded words (`=?utf-8?q?...?=`) in a value are decoded, line breaks in them as well, and of
    several addresses in one each would get the mail.

    Raises:
        ValueError: a value would be more, or another, than a value.
    """
    found = [address.addr_spec for address in mail["To"].addresses]
    if found != [recipient.strip()] or UNFIT_FOR_HEADER.search(recipient + mail["Subject"]):
        raise ValueError("unfit for a header")


def unsubscribe_link(url: str, secret: bytes, key: str) -> str:
    """Return the link that takes a person out; signed, or anybody could take out anybody."""
    signature = hmac.new(secret, key.encode(), "sha256").hexdigest()
    return url.replace("{key}", quote(key, safe="")).replace("{signature}", signature)
