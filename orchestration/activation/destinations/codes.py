"""Codes of refusals: short words that can be kept, since they quote nothing of a row."""

import re
from collections.abc import Mapping

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
SHORTEST_VALUE = 3


def code_of(reason: object, fields: Mapping[str, object]) -> str:
    """Return the reason where it is a code; anything else may quote the row."""
    if not isinstance(reason, str) or not CODE.fullmatch(reason):
        return "refused"
    values = [str(value).lower() for value in fields.values() if value is not None]
    quotes = any(value in reason.lower() for value in values if len(value) >= SHORTEST_VALUE)
    return "refused" if quotes or re.search(r"\d{5}", reason) else reason
