"""`onefold sync`: what would be sent, send it, what was sent, let a blocked plan through."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.console import AsJson, complain, note, out, show_json

if TYPE_CHECKING:
    from orchestration.activation import SyncDeclaration, SyncReport
    from orchestration.settings import Settings

Waterfall = Mapping[str, Any]
Names = Annotated[
    list[str] | None, typer.Argument(help="Syncs to take, by name; without a name, all.")
]
FullResync = Annotated[
    bool, typer.Option("--full-resync", help="Send what is held again; whoever left, leaves.")
]

sync = typer.Typer(no_args_is_help=True, help="Deliveries: plan, run, status, approve.")


@sync.command()
def plan(names: Names = None, full_resync: FullResync = False, as_json: AsJson = False) -> None:
    """Say what would be sent now, without sending it."""
    from orchestration.activation import plan_sync
    from orchestration.publishing.holds import hold_reason

    settings, syncs = _chosen(names)
    doubt = hold_reason(settings)
    reports = [plan_sync(settings, chosen, hold=doubt, full_resync=full_resync) for chosen in syncs]
    _end(reports, as_json=as_json, waterfalls=_waterfalls(settings, syncs))


@sync.command()
def run(names: Names = None, full_resync: FullResync = False, as_json: AsJson = False) -> None:
    """Send what is due, and publish the account of it."""
    from orchestration.cli.delivering import deliver

    settings, syncs = _chosen(names)
    reports, account = deliver(settings, syncs, full_resync=full_resync)
    if account.delay:
        complain(account.delay)
    _end(reports, as_json=as_json)
    if not account.is_current:
        raise typer.Exit(1)


@sync.command()
def status(names: Names = None, as_json: AsJson = False) -> None:
    """Say what was sent, what was refused and what is waiting."""
    from orchestration.activation import sync_status

    settings, syncs = _chosen(names)
    _end(sync_status(settings, syncs), as_json=as_json)


@sync.command()
def approve(
    run_id: Annotated[str, typer.Argument(help="The blocked run, as `sync status` shows it.")],
    as_json: AsJson = False,
) -> None:
    """Let one blocked plan through, once."""
    from orchestration.activation import approve as approve_run

    settings, _ = _chosen(None)
    _show([approve_run(settings, run_id)], as_json=as_json)


def _chosen(names: Sequence[str] | None) -> "tuple[Settings, list[SyncDeclaration]]":
    from orchestration.activation import declared_syncs
    from orchestration.errors import UsageError
    from orchestration.home import prepare_home
    from orchestration.settings import export_environment, get_settings
    from orchestration.transformation.manifest import ensure_manifest

    settings = get_settings()
    prepare_home(settings)
    export_environment()
    declared = {found.name: found for found in declared_syncs(ensure_manifest(settings, tell=note))}

    unknown = [name for name in names or () if name not in declared]
    if unknown:
        raise UsageError(
            f"No sync is called {', '.join(unknown)}; there are {', '.join(sorted(declared))}."
        )
    return settings, [declared[name] for name in dict.fromkeys(names or sorted(declared))]


def _waterfalls(settings: "Settings", syncs: "Sequence[SyncDeclaration]") -> dict[str, Waterfall]:
    """Return, by sync, the published waterfall of the audience that the sync delivers."""
    from orchestration.publishing.reading import published_run, published_waterfall

    if published_run(settings) is None:
        return {}
    by_audience = {row["audience"]: row for row in published_waterfall(settings)}
    return {sync.name: by_audience[sync.audience] for sync in syncs if sync.audience in by_audience}


def _end(
    reports: "Sequence[SyncReport]",
    *,
    as_json: bool,
    waterfalls: Mapping[str, Waterfall] | None = None,
) -> None:
    _show(reports, as_json=as_json, waterfalls=waterfalls)
    if not all(report.is_success for report in reports):
        raise typer.Exit(1)


def _show(
    reports: "Sequence[SyncReport]",
    *,
    as_json: bool,
    waterfalls: Mapping[str, Waterfall] | None = None,
) -> None:
    from orchestration.cli.tables import deliveries_table, lines_about, waterfall_line

    waterfalls = waterfalls or {}
    documents = [
        report.model_dump()
        | ({"waterfall": waterfalls[report.sync]} if report.sync in waterfalls else {})
        for report in reports
    ]
    if as_json:
        show_json({"syncs": documents})
        return

    out.print(deliveries_table(documents))
    for sync_name, waterfall in waterfalls.items():
        out.print(f"{sync_name}: {waterfall_line(waterfall)}", markup=False, soft_wrap=True)
    for document in documents:
        for line in lines_about(document):
            out.print(line, markup=False, soft_wrap=True)
