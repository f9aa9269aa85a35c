"""Write a made-up company's files: `python -m demo_company FOLDER --until 2026-01-01T00:00:00Z`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from demo_company import generate

app = typer.Typer(add_completion=False)


@app.command()
def write_company(
    folder: Annotated[Path, typer.Argument(help="Where the landing files go.")],
    people: Annotated[int, typer.Option(min=1, help="How many people the company knows.")] = 5_000,
    seed: Annotated[int, typer.Option(help="Another number gives another company.")] = 7,
    until: Annotated[
        str,
        typer.Option(help="The company's now, ISO 8601, UTC; the present day's start if empty."),
    ] = "",
) -> None:
    """Write the landing files of a made-up retailer, and the truth beside them."""
    try:
        moment = datetime.fromisoformat(until) if until else _today()
    except ValueError:
        raise typer.BadParameter(
            f"{until} is not an ISO 8601 time.", param_hint="--until"
        ) from None

    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    summary = generate(folder, people=people, seed=seed, until=moment)
    for table, count in summary.row_counts.items():
        typer.echo(f"{table:24}{count:>12,}")
    typer.echo(f"{'truth.records':24}{summary.truth_count:>12,}")


def _today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


if __name__ == "__main__":
    app()
