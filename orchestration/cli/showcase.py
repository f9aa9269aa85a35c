"""What the demo shows: the rows, the people, one of them, the audiences, the deliveries."""

from collections.abc import Mapping
from typing import Any

import duckdb
from rich.table import Table

from orchestration.cli.console import out
from orchestration.cli.demo_home import demo_folder
from orchestration.cli.refreshing import RefreshReport, last_line
from orchestration.cli.tables import counts_table, deliveries_table, loads_table, steps_table
from orchestration.publishing.reading import published_waterfall, reading
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import rows

Row = Mapping[str, Any]

SCORE = "select * from marts.identity_quality where scope = 'all'"
SAMPLE_VIEW = "select * from marts.single_customer_view where person_id = $person_id"
SHOWN_COLUMNS = (
    "full_name",
    "email",
    "phone",
    "city",
    "country",
    "order_count",
    "revenue",
    "session_count",
    "lifecycle_stage",
    "may_email",
)
SHOWN_STEPS = ("candidate_count", "consented_count", "deliverable_count", "delivered_count")


def show_demo(settings: Settings, report: RefreshReport) -> None:
    """Print what came out of the demo, and where to look next."""
    out.print(loads_table(report.loads))
    with reading(settings) as connection:
        for score in rows(connection, SCORE):
            _show_score(score)
        _show_sample(connection)
    out.print()
    out.print(_waterfall_table(published_waterfall(settings)))
    out.print(deliveries_table(report.outcome.deliveries))
    if report.status == "done_with_rejects":
        out.print("The receiver refuses some rows on purpose; they are sent again when due.")
    out.print(steps_table(report.outcome.steps))
    _show_next_steps(settings, report)


def _show_score(score: Row) -> None:
    out.print(
        f"\n[bold]People[/]: {score['record_count']:,} records are {score['entity_count']:,} "
        f"people; onefold found {score['person_count']:,}. {score['under_merged_entity_count']:,} "
        "people are in several parts, since records that share nothing stay apart; "
        f"{score['over_merged_person_count']:,} hold records of more than one."
    )
    table = counts_table("Against the truth", ["counted", "precision", "recall", "F1"])
    for title, name in (("pairwise", "pairwise"), ("B-cubed", "bcubed")):
        parts = (score[f"{name}_{part}"] for part in ("precision", "recall", "f1"))
        table.add_row(title, *("" if part is None else f"{part:.4f}" for part in parts))
    out.print(table)


def _show_sample(connection: duckdb.DuckDBPyConnection) -> None:
    person_id = connection.execute(statement(__package__, "sample_person")).fetchall()[0][0]
    chosen = {"person_id": person_id}

    out.print(f"\n[bold]One customer[/]: {person_id}")
    view = rows(connection, SAMPLE_VIEW, chosen)[0]
    for column in SHOWN_COLUMNS:
        out.print(f"  {column:<16}{view[column]}", markup=False)

    out.print("known as")
    for record in rows(connection, statement(__package__, "sample_records"), chosen):
        out.print(f"  {_record_key(record)}", markup=False)

    out.print("one person because")
    for link in _joining(rows(connection, statement(__package__, "sample_links"), chosen)):
        evidence = f" ({link['identifier_id']})" if link["identifier_id"] else ""
        ends = f"{link['left_key']} — {link['right_key']}"
        out.print(f"  {ends}: {link['rule']}{evidence}", markup=False, soft_wrap=True)


def _joining(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the links between records that the links before them have joined already."""
    groups: dict[str, set[str]] = {}
    joining = []
    for link in links:
        left, right = (
            groups.setdefault(link[end], {link[end]}) for end in ("left_key", "right_key")
        )
        if left is not right:
            left |= right
            groups.update(dict.fromkeys(right, left))
            joining.append(link)
    return joining


def _record_key(record: Row) -> str:
    return f"{record['source_name']}:{record['record_type']}:{record['record_id']}"


def _waterfall_table(waterfall: list[dict[str, Any]]) -> Table:
    steps = [step.removesuffix("_count") for step in SHOWN_STEPS]
    table = counts_table("Audiences", ["audience", *steps])
    for row in waterfall:
        table.add_row(row["audience"], *(f"{row[step]:,}" for step in SHOWN_STEPS))
    return table


def _show_next_steps(settings: Settings, report: RefreshReport) -> None:
    lines = (
        "\n[bold]Look next[/]",
        f"  tables     duckdb -readonly {settings.published_path}",
        f"             python -c \"import duckdb; duckdb.connect('{settings.published_path}', "
        "read_only=True).sql('from marts.single_customer_view').show()\"",
        "  Dagster    make dev",
        f"  CSV drop   {demo_folder(settings) / 'deliveries'}",
        f"  raw files  {demo_folder(settings) / 'raw'}",
        f"\n{last_line(report)}",
    )
    for line in lines:
        out.print(line, soft_wrap=True)
