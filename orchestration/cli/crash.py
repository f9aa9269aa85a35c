"""Unforeseen exceptions: one sentence for the user, the places in a file for whoever mends it."""

import traceback
from datetime import UTC, datetime

from orchestration.errors import OnefoldError
from orchestration.settings import get_settings


def crash_sentence(error: Exception) -> str:
    """Note where an exception came from, and return the sentence that says so."""
    sentence = f"Unforeseen {type(error).__name__}; this is a fault of onefold itself."
    try:
        return f"{sentence} Where it happened stands in {_write_details(error)}."
    except (OSError, OnefoldError):
        return sentence


def _write_details(error: Exception) -> str:
    """Write the places the exception passed; its text stays out, since it may quote the data."""
    folder = get_settings().home / "crashes"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.txt"

    frames = traceback.format_tb(error.__traceback__)
    path.write_text(f"{type(error).__name__}\n{''.join(frames)}", encoding="utf-8")
    return str(path)
