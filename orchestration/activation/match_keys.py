"""Match keys in their canonical form, from which each vendor's own form is made.

One place for all vendors, in Python alone: SQL lower-cases some letters otherwise, and a digest of
the one would never meet a digest of the other.
"""

import hashlib
import re
import unicodedata

import phonenumbers

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Marks that nobody sees. The joiners belong to names in Persian and Indian scripts, so they stay.
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"), None
)
JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"), None)
COUNTRY = re.compile(r"[A-Z]{2}")


def canonical_text(text: str | None) -> str:
    """Return a text composed, without marks that nobody sees and blanks around it."""
    visible = unicodedata.normalize("NFC", text or "").translate(INVISIBLE)
    return " ".join(visible.split())


def canonical_email(text: str | None) -> str | None:
    """Return an address in small letters, or None where it is none; dots and +tags stay."""
    address = canonical_text(text).translate(JOINERS).lower()
    return address if ADDRESS.fullmatch(address) else None


def canonical_phone(text: str | None, region: str | None = None) -> str | None:
    """Return a number as E.164, or None where nobody can be called under it.

    Args:
        text: The number as it was written; an extension is dropped.
        region: Country (ISO 3166 alpha-2) of numbers without a calling code; never guessed.
    """
    try:
        number = phonenumbers.parse(canonical_text(text), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def canonical_name(text: str | None) -> str | None:
    """Return a name in small letters without punctuation, in whatever script it is."""
    spelt = "".join(
        character
        for character in canonical_text(text).lower()
        if unicodedata.category(character)[0] not in "PS"
    )
    return " ".join(spelt.split()) or None


def canonical_country(text: str | None) -> str | None:
    """Return a country as its two capital letters, or None where it is written otherwise."""
    country = canonical_text(text).upper()
    return country if COUNTRY.fullmatch(country) else None


def squeezed(text: str | None) -> str | None:
    """Return a name without blanks and digits, as vendors want cities."""
    name = "".join(c for c in canonical_name(text) or "" if not c.isspace() and not c.isdigit())
    return name or None


def digest(text: str | None) -> str | None:
    """Return SHA-256 as small hexadecimal letters; nothing is nothing, and never a digest."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None
