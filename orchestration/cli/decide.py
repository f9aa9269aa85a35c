"""`onefold decide`: a steward's word on two records."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.console import AsJson, out, show_json
from orchestration.errors import UsageError

if TYPE_CHECKING:
    from orchestration.identity.decisions import Verdict

Pair = tuple[str, str] | None

SENTENCES = {
    "same": "are one person",
    "different": "are not one person",
    "undone": "are for the rules to decide again",
}


def decide(
    same: Annotated[
        Pair, typer.Option(metavar="A B", help="Two records that are one person.")
    ] = None,
    different: Annotated[
        Pair, typer.Option(metavar="A B", help="Two records that are not one person.")
    ] = None,
    undo: Annotated[
        Pair, typer.Option(metavar="A B", help="Take back what was decided on two records.")
    ] = None,
    why: Annotated[
        str | None, typer.Option(help="The reason, without contact details; needed but for --undo.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Decide by hand whether two records are one person; it counts from the next run on."""
    from orchestration.identity import decisions
    from orchestration.settings import get_settings

    verdict, (first, second) = _chosen(same, different, undo)
    if verdict != "undone" and not (why or "").strip():
        raise UsageError("--why is missing: say why, for whoever asks later.")

    decision = decisions.decide(get_settings(), verdict, first, second, why)
    if as_json:
        show_json({"status": "done"} | asdict(decision))
        return
    out.print(
        f"{decision.left_key} and {decision.right_key} {SENTENCES[verdict]}; this counts from the"
        " next `onefold run` on.",
        markup=False,
        soft_wrap=True,
    )


def _chosen(same: Pair, different: Pair, undo: Pair) -> tuple["Verdict", tuple[str, str]]:
    given: list[tuple[Verdict, Pair]] = [
        ("same", same),
        ("different", different),
        ("undone", undo),
    ]
    chosen = [(verdict, pair) for verdict, pair in given if pair]
    if len(chosen) != 1:
        raise UsageError("Give one of --same A B, --different A B and --undo A B.")
    return chosen[0]
