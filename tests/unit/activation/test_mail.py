"""A subject is read as it was written, whatever its letters and its length."""

import random
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest

from orchestration.activation.mail import LETTER

WORDS = ("Анна", "ждёт", "sale", "50%", "\U0001f381", "a,b", '"q"', "(x)", "Ольга-Мария", "я" * 60)


def subjects() -> Iterator[str]:
    """Return short and long ones, of one script and of several."""
    dice = random.Random(7)
    yield from ("onefold: Привет мир " * 12 + "!", "a" * 77 + " " + "b" * 10, "a" * 2000, " a  b ")
    for _ in range(500):
        yield " ".join(dice.choices(WORDS, k=dice.randint(1, 25)))


def sent(subject: str) -> bytes:
    """Return a mail as a server gets it."""
    mail = EmailMessage(policy=LETTER)
    mail["Subject"] = subject
    mail.set_content("text")
    return mail.as_bytes()


def test_every_reader_sees_the_subject_that_was_written() -> None:
    """Python's new parser, and its old one, which leaves unfolding and decoding to others."""
    for subject in subjects():
        mail = sent(subject)
        raw = message_from_bytes(mail)["Subject"]

        assert message_from_bytes(mail, policy=default)["Subject"] == subject
        assert str(make_header(decode_header(raw.replace("\r\n", "")))) == subject


def test_lines_are_as_short_as_mail_has_them() -> None:
    """998 letters at most, and 76 where words are encoded (RFC 5322, RFC 2047)."""
    for subject in subjects():
        for line in sent(subject).partition(b"\r\n\r\n")[0].split(b"\r\n"):
            assert len(line) <= (76 if b"=?utf-8?" in line else 998)


@pytest.mark.parametrize("length", [60, 200, 800])
def test_a_plain_subject_is_one_line(length: int) -> None:
    """Readers that do not unfold would show a line break."""
    subject = f"onefold: Sync {'x' * length} has rows that the destination refused"

    assert f"Subject: {subject}\r\n".encode() in sent(subject)
