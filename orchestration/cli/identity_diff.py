"""`onefold identity-diff`: what a change of the rules, or of the data, does to people."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.models import OptionInfo

from orchestration.cli.console import AsJson, note, notes, out, show_json
from orchestration.identity.limits import Limit, Measure, measures, parse_limit

if TYPE_CHECKING:
    from orchestration.identity.difference import Difference

FILE = "A published file, or a state directory; "


def _option(what: str) -> OptionInfo:
    """Return the option of a limit, read from its text."""
    help_text = f"Fail if more {what}; a number, or a share such as 0.5%."
    option: OptionInfo = typer.Option(metavar="LIMIT", parser=parse_limit, help=help_text)
    return option


Before = Annotated[Path | None, typer.Option(help=FILE + "else the present one.")]
After = Annotated[Path | None, typer.Option(help=FILE + "else a trial build of this project.")]
Examples = Annotated[int, typer.Option(min=0, help="How many examples of each kind to show.")]
MaxMoved = Annotated[Limit, _option("records went to another person")]
MaxMerged = Annotated[Limit | None, _option("people are made of several")]
MaxSplit = Annotated[Limit | None, _option("people came apart")]
MaxRekeyed = Annotated[Limit, _option("people only changed their id")]
MaxMailable = Annotated[Limit | None, _option("people may newly be mailed")]


# The options of a command are its parameters.
def identity_diff(  # noqa: PLR0913, PLR0917
    before: Before = None,
    after: After = None,
    examples: Examples = 5,
    max_moved: MaxMoved = "0.5%",  # type: ignore[assignment]
    max_merged: MaxMerged = None,
    max_split: MaxSplit = None,
    max_rekeyed: MaxRekeyed = "0",  # type: ignore[assignment]
    max_mailable: MaxMailable = None,
    as_json: AsJson = False,
) -> None:
    """Compare the people of two builds, or the present ones with those of changed rules.

    Without --after, this project as it stands is built on a copy of the warehouse, which is then
    thrown away: production stays as it is. The exit code is 1 if a limit is exceeded.
    """
    difference = _difference(before, after, examples)
    limits = {
        "moved": max_moved,
        "merged": max_merged,
        "split": max_split,
        "rekeyed": max_rekeyed,
        "mailable": max_mailable,
    }
    found = measures(difference, limits)
    if as_json:
        show_json(_document(difference, found))
    else:
        _show(difference, found)
    if any(measure.is_exceeded for measure in found):
        raise typer.Exit(1)


def _difference(before: Path | None, after: Path | None, examples: int) -> "Difference":
    from orchestration.errors import UsageError
    from orchestration.identity.difference import compare, published_file
    from orchestration.identity.trial import trial_build
    from orchestration.settings import export_environment, get_settings

    settings = get_settings()
    if before is None and not settings.published_path.is_file():
        raise UsageError(
            f"{settings.home} has no published people to compare with; `onefold run` makes them."
        )
    former = settings.published_path if before is None else published_file(before)
    if after is not None:
        return compare(former, published_file(after), examples)

    export_environment()
    note("Building the people anew on a copy of the warehouse; production stays as it is.")
    with ExitStack() as stack:
        status = stack.enter_context(notes.status("reading the dbt project"))
        warehouse = stack.enter_context(trial_build(settings, note, status.update))
        return compare(former, warehouse, examples)


def _document(difference: "Difference", found: list[Measure]) -> dict[str, Any]:
    return {
        "is_within_limits": not any(measure.is_exceeded for measure in found),
        "measures": [
            {
                "measure": measure.name,
                "count": measure.count,
                "share": round(measure.share, 6),
                "limit": str(measure.limit) if measure.limit else None,
                "is_exceeded": measure.is_exceeded,
            }
            for measure in found
        ],
        **difference.as_json(),
    }


def _show(difference: "Difference", found: list[Measure]) -> None:
    counts = difference.counts
    out.print(
        f"People: {counts.people_before:,} before, {counts.people_after:,} after; "
        f"{counts.people_created:,} new, {counts.people_gone:,} gone. "
        f"Records: {counts.records_before:,} before, {counts.records_after:,} after.",
        soft_wrap=True,
    )
    for measure in found:
        limit = f", limit {measure.limit}" if measure.limit else ""
        style = "bold red" if measure.is_exceeded else None
        line = f"{measure.count:>8,} {measure.wording} ({measure.share:.2%}{limit})"
        out.print(line, style=style, markup=False)

    _show_examples(difference)
    _show_table("Links by rule", difference.rules, changed_only=True)
    _show_table("Audiences", difference.audiences)
    _show_table("Permissions, in people", difference.permissions)
    _show_quality(difference)
    exceeded = [measure.name for measure in found if measure.is_exceeded]
    out.print(f"\nOver the limit: {', '.join(exceeded)}." if exceeded else "\nWithin the limits.")


EXAMPLE_TITLES = {
    "merged": "Several who are now one; one record of each",
    "split": "One who is now several; one record of each",
    "rekeyed": "The same records under another id",
}


def _show_examples(difference: "Difference") -> None:
    for kind, title in EXAMPLE_TITLES.items():
        examples = [example for example in difference.examples if example["kind"] == kind]
        if examples:
            out.print(f"\n[bold]{title}[/]")
        for example in examples:
            parts = ", ".join(
                f"{key} ({person_id})"
                for key, person_id in zip(example["record_keys"], example["part_ids"], strict=True)
            )
            out.print(f"  {example['person_id']}: {parts}", markup=False, soft_wrap=True)


def _show_table(title: str, rows: list[dict[str, Any]], *, changed_only: bool = False) -> None:
    from orchestration.cli.tables import counts_table

    def is_changed(row: dict[str, Any]) -> bool:
        _, before, after, came, went = row.values()
        return before != after or bool(came) or bool(went)

    shown = [row for row in rows if not changed_only or is_changed(row)]
    if not shown:
        return

    name, *columns = shown[0]
    table = counts_table(title, [name, *(column.replace("_", " ") for column in columns)])
    for row in shown:
        first, *numbers = row.values()
        table.add_row(first, *(f"{number:,}" for number in numbers))
    out.print()
    out.print(table)


def _show_quality(difference: "Difference") -> None:
    quality = difference.quality
    if quality is None:
        return
    written = {name: "none" if part is None else f"{part:.4f}" for name, part in quality.items()}
    out.print(
        f"\nAgainst the truth: precision {written['precision_before']} before, "
        f"{written['precision_after']} after; recall {written['recall_before']} before, "
        f"{written['recall_after']} after.",
        soft_wrap=True,
    )
