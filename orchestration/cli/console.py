"""The terminal: results go to standard output, everything about them to standard error."""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="End with one JSON object, for machines.")]

# Without a terminal rich assumes 80 columns, too few for a table of counts beside names.
WIDTH_WITHOUT_TERMINAL = 120
# No emoji: record keys such as pos:receipt:T1 are written with colons.
out = Console(
    highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
)
notes = Console(stderr=True, highlight=False, emoji=False)


def complain(sentence: str) -> None:
    """Say on standard error what went wrong."""
    notes.print(sentence, style="bold red", markup=False, soft_wrap=True)


def note(sentence: str) -> None:
    """Say on standard error what the user may want to know."""
    notes.print(sentence, style="dim", markup=False, soft_wrap=True)


def show_json(document: Mapping[str, Any]) -> None:
    """Write one JSON object, as a line of its own, to standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()
