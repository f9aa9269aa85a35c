"""`onefold explain`: why two records or identifiers are one person, or why not."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from orchestration.cli.console import AsJson, note, out, show_json
from orchestration.errors import OnefoldError, UsageError
from orchestration.settings import Language, get_settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from orchestration.identity.explanation import Explanation
    from orchestration.wording.catalogue import Catalogue

Format = Literal["text", "html", "json"]

REFERENCE = "crm:C0012, crm:contact:C0012, email:x@y.z, phone:+79161234567 or person:p000000000001."

First = Annotated[str, typer.Argument(metavar="A", help=REFERENCE)]
Second = Annotated[
    str | None, typer.Argument(metavar="B", help="Written like A; without it, A's person.")
]
ChosenLanguage = Annotated[
    Language | None, typer.Option("--language", help="Of the sentences; else ONEFOLD_LANGUAGE.")
]
ChosenFormat = Annotated[
    Format | None, typer.Option("--format", help="html is a page of its own, with a drawing.")
]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write there, not to the terminal.")
]


# The options of a command are its parameters.
def explain(  # noqa: PLR0913, PLR0917
    first: First,
    second: Second = None,
    language: ChosenLanguage = None,
    form: ChosenFormat = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Say why two records or identifiers are one person, or what keeps them apart."""
    from orchestration.identity.explanation import explain as find_explanation
    from orchestration.identity.explanation import published_identity
    from orchestration.identity.sentences import Sentences
    from orchestration.wording.catalogue import Catalogue

    chosen = form or ("json" if as_json else "text")
    if as_json and chosen != "json" and output is None:
        raise UsageError(f"With --json, --format {chosen} needs --output FILE.")

    catalogue = Catalogue(language or get_settings().language)
    try:
        with published_identity(get_settings().published_path) as connection:
            explanation = find_explanation(connection, first, second)
            text = _written(connection, explanation, catalogue, chosen)
    except OnefoldError as error:
        error.args = (Sentences(catalogue).problem(error),)
        raise

    if output is not None:
        _write(output, text)
    elif not as_json:
        out.print(text, markup=False, soft_wrap=True, end="")
    if as_json:
        show_json(explanation.as_json())


def _written(
    connection: "DuckDBPyConnection",
    explanation: "Explanation",
    catalogue: "Catalogue",
    form: Format,
) -> str:
    from orchestration.identity.sentences import Sentences

    if form == "json":
        return json.dumps(explanation.as_json(), ensure_ascii=False) + "\n"
    if form == "html":
        from orchestration.identity.page.rendering import page

        return page(connection, explanation, catalogue)
    return "\n".join(Sentences(catalogue).answer(explanation)) + "\n"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--output {path} cannot be written: {error.strerror}.") from None
    note(f"Written to {path}.")
